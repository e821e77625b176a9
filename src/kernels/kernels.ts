/** The inner loops, as every implementation of them has to be: plain TypeScript, SIMD, SIMD with fused multiply-add. */

import type { Csr } from '#math';

/**
 * relaxed: WebAssembly SIMD that multiplies and adds at once where the processor can · simd: WebAssembly SIMD · plain:
 * TypeScript. Results differ in the last bits (f32 sums in another order, other roundings), never between runs of one kind
 * on one machine.
 */
export const KERNEL_KINDS = ['relaxed', 'simd', 'plain'] as const;
export type KernelKind = (typeof KERNEL_KINDS)[number];

/** Sparse systems that share most of their matrix; see `Kernels.solveRows`. */
export interface RowSystems {
  /** Rows to be solved, rows × size; where they are is where the steps begin. */
  readonly solved: Float32Array;
  /** The rows that stay, cols × size. */
  readonly fixed: Float32Array;
  readonly size: number;
  /** rows × cols: the confidence c of each entry. */
  readonly confidence: Csr;
  /** Diagonal of the shared part of the matrices, `size` numbers. */
  readonly spectrum: Float32Array;
  /** λ of each row. */
  readonly lambdas: Float32Array;
  /** Conjugate-gradient steps a row. */
  readonly steps: number;
}

/** Lists of at most k places a row: `items` and `scores` hold k places for each, `counts` how many are filled. */
export interface Lists {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
  readonly counts: Uint32Array;
}

/** What `topProducts` multiplies. */
export interface Products {
  /** queries × size. */
  readonly queries: Float32Array;
  /** itemCount × size. */
  readonly items: Float32Array;
  readonly itemCount: number;
  readonly size: number;
  readonly k: number;
  /** Row q names the items, ascending, that query q must not get. */
  readonly excluded: Pick<Csr, 'indptr' | 'indices'> | null;
}

/** Rows rounded to whole numbers from -127 to 127. */
export interface QuantizedRows {
  /** rows × size. */
  readonly values: Int8Array;
  readonly size: number;
  /** Row r is about scales[r] times its whole numbers. */
  readonly scales: Float32Array;
  /** Added to the product, for each unit of length of the vector. */
  readonly margins: Float32Array;
}

/** The place of a row that is to be left out. */
export const NOWHERE = 0xffff_ffff;

/** A vector that is about `scale` times its whole numbers. */
export interface QuantizedVector {
  readonly values: Int16Array;
  readonly scale: number;
  readonly length: number;
}

/**
 * Arrays are of the space that the kernels were made for; nothing is allocated. Work on rows `from … to - 1` depends on no
 * other rows, so it may be cut and shared out at will without changing a bit. `size`, the width of a dense row, is a
 * multiple of 4. Sums are in f32 unless said otherwise: compare implementations to 1e-5 of the sum of the sizes of the terms.
 */
export interface Kernels {
  readonly kind: KernelKind;

  /** out[r - from] = rows[r] · x. 2 · size operations a row. */
  dots(from: number, to: number, rows: Float32Array, size: number, x: Float32Array, out: Float32Array): void;

  /**
   * out[n - from] = rows[items[n]] · x, in f64 as ((s₀ + s₁) + (s₂ + s₃)) of four sums, each of every fourth number: the
   * same bits in all implementations. 2 · size operations an item.
   */
  namedDots(
    from: number,
    to: number,
    items: Uint32Array,
    rows: Float32Array,
    size: number,
    x: Float64Array,
    out: Float64Array,
  ): void;

  /**
   * ofRows[r - from] = Σ over k of rows[r][k]², in f64 as the sum of two, of even and of odd k; ofColumns[k] += Σ over r of the
   * same squares, in f64 one row after the other. The same bits in all implementations. 3 · size operations a row.
   */
  squares(
    from: number,
    to: number,
    rows: Float32Array,
    size: number,
    ofRows: Float64Array,
    ofColumns: Float64Array,
  ): void;

  /** Lower triangle of `out` (size × size) += Σ row · rowᵀ; above the diagonal anything may be left. size² operations a row. */
  addGram(from: number, to: number, rows: Float32Array, size: number, out: Float32Array): void;

  /** As `addGram`: Σ over n of weights[n] · rows[items[n]] · rows[items[n]]ᵀ. */
  addWeightedGram(
    from: number,
    to: number,
    items: Uint32Array,
    weights: Float32Array,
    rows: Float32Array,
    size: number,
    out: Float32Array,
  ): void;

  /** rows[r] ← rows[r] · q in place; q is size × size, `scratch` holds 4 · size. 2 · size² operations a row. */
  rotate(from: number, to: number, rows: Float32Array, size: number, q: Float32Array, scratch: Float32Array): void;

  /**
   * Steps of preconditioned conjugate gradients towards the solution x of each row's system
   *   (diag(spectrum) + λ + Σ (c - 1)·y·yᵀ)·x = Σ c·y,   sums over the row's entries, y = fixed[column].
   * A row without entries becomes 0. `scratch` holds 4 · size. About 4 · size operations an entry and pass; steps + 1 passes.
   */
  solveRows(from: number, to: number, systems: RowSystems, scratch: Float32Array): void;

  /**
   * A = L·Lᵀ in place of the lower triangle of `a` (n × n), in f64. n³/3 operations.
   * @throws {RangeError} when A is not positive definite to working precision.
   */
  choleskyFactor(a: Float64Array, n: number): void;

  /** `b` becomes the solution of L·Lᵀ·x = b, in f64. 2 · n² operations. */
  choleskySolve(l: Float64Array, n: number, b: Float64Array): void;

  /** The k items with the highest products of each query, best first, equal ones by lower item. */
  topProducts(from: number, to: number, products: Products, out: Lists): void;

  /** out[r] = Σ values · dense[column] over the entries of row r; `dense` is cols × size, `out` rows × size. */
  sparseTimesDense(from: number, to: number, sparse: Csr, dense: Float32Array, size: number, out: Float32Array): void;

  /**
   * Similarity join: of each row of a sparse matrix the k other rows with the largest positive inner product, in no
   * order; of equal ones the lower rows. `columns` is the transpose, and no value is below 0. `scratch` holds 2 · rows + 1, the first
   * `rows` of them zero before and after.
   */
  nearestRows(from: number, to: number, rows: Csr, columns: Csr, k: number, out: Lists, scratch: Uint32Array): void;

  /**
   * Rounds row n (`out.size` numbers, a multiple of 16) to bytes at place places[n]; nothing where that is `NOWHERE`, and only
   * zeros are left of a row of zeros. With the length l of the row and e of what rounding took off it, the margin is
   * e + slack · (l + e). In f64, the same bits in all implementations. 9 · size operations a row.
   */
  roundRows(from: number, to: number, rows: Float32Array, places: Uint32Array, slack: number, out: QuantizedRows): void;

  /**
   * out[r - from] = x.scale · scales[r] · (rows[r] · x.values) + x.length · margins[r]: what the product of row r and x can
   * be at most, when rows and x were rounded to whole numbers and the margins are large enough. Rows of `size` bytes, a
   * multiple of 16 and at most 512. The sum of whole numbers is exact, so all implementations give the same bits.
   */
  quantizedBounds(from: number, to: number, rows: QuantizedRows, x: QuantizedVector, out: Float32Array): void;
}
