/** The WebAssembly implementation: arrays become addresses, the module in src/kernels/assembly does the rest. */

import { type KernelKind, type Kernels, NOWHERE } from '../kernels.ts';
import type { Space } from '../space.ts';
import { type WasmModule, wasmEngine } from '../wasm-engine.ts';

/** What the module exports: every argument a number, arrays as addresses. */
type Export = (...args: number[]) => number;
type Exports = Readonly<Record<Exclude<keyof Kernels, 'kind'>, Export>>;

type View = ArrayBufferView & { readonly length: number };

export const simdKernels = (kind: KernelKind, module: WasmModule, { memory, buffer }: Space): Kernels => {
  const engine = wasmEngine();
  if (memory === null || engine === null) throw new RangeError('without WebAssembly there are no SIMD kernels');
  const wasm = new engine.Instance(module, { env: { memory } }).exports as unknown as Exports;

  /** Address of an array that must hold `length` numbers: the module writes where it is told to, so this is the one check. */
  const at = (array: View, length: number): number => {
    if (array.buffer !== buffer) throw new RangeError('an array outside of the space of its kernels');
    if (array.length < length) throw new RangeError(`an array of ${array.length} numbers: expected at least ${length}`);
    return array.byteOffset;
  };
  const lists = ({ items, scores, counts }: Parameters<Kernels['topProducts']>[3], to: number, k: number): number[] => [
    at(items, to * k),
    at(scores, to * k),
    at(counts, to),
  ];
  const width = (size: number, unit: number): number => {
    if (size > 0 && size % unit === 0) return size;
    throw new RangeError(`rows of ${size} numbers: expected a multiple of ${unit}`);
  };

  return {
    kind,
    dots: (from, to, rows, size, x, out) => {
      wasm.dots(from, to, at(rows, to * size), width(size, 4), at(x, size), at(out, to - from));
    },
    namedDots: (from, to, items, rows, size, x, out) => {
      const named = [at(items, to), at(rows, size)];
      wasm.namedDots(from, to, ...named, width(size, 4), at(x, size), at(out, to - from));
    },
    addGram: (from, to, rows, size, out) => {
      wasm.addGram(from, to, at(rows, to * size), width(size, 4), at(out, size * size));
    },
    addWeightedGram: (from, to, items, weights, rows, size, out) => {
      const named = [at(items, to), at(weights, to), at(rows, size)];
      wasm.addWeightedGram(from, to, ...named, width(size, 4), at(out, size * size));
    },
    squares: (from, to, rows, size, ofRows, ofColumns) => {
      wasm.squares(from, to, at(rows, to * size), width(size, 4), at(ofRows, to - from), at(ofColumns, size));
    },
    rotate: (from, to, rows, size, q, scratch) => {
      wasm.rotate(from, to, at(rows, to * size), width(size, 4), at(q, size * size), at(scratch, 4 * size));
    },
    solveRows: (from, to, { solved, fixed, size, confidence, spectrum, lambdas, steps }, scratch) => {
      const { indptr, indices, values, cols } = confidence;
      const dense = [at(solved, to * size), at(fixed, cols * size), width(size, 4)];
      const sparse = [at(indptr, to + 1), at(indices, indptr[to]!), at(values, indptr[to]!)];
      wasm.solveRows(from, to, ...dense, ...sparse, at(spectrum, size), at(lambdas, to), steps, at(scratch, 4 * size));
    },
    choleskyFactor: (a, n) => {
      const row = wasm.choleskyFactor(at(a, n * n), n);
      if (row >= 0) throw new RangeError(`pivot in row ${row} of ${n}: the matrix is not positive definite`);
    },
    choleskySolve: (l, n, b) => {
      wasm.choleskySolve(at(l, n * n), n, at(b, n));
    },
    topProducts: (from, to, { queries, items, itemCount, size, k, excluded }, out) => {
      const dense = [at(queries, to * size), at(items, itemCount * size), itemCount, width(size, 4), k];
      const barred =
        excluded === null ? [0, 0] : [at(excluded.indptr, to + 1), at(excluded.indices, excluded.indptr[to]!)];
      if (k > 0) wasm.topProducts(from, to, ...dense, ...barred, ...lists(out, to, k));
      else out.counts.fill(0, from, to);
    },
    sparseTimesDense: (from, to, { indptr, indices, values, cols }, dense, size, out) => {
      const sparse = [at(indptr, to + 1), at(indices, indptr[to]!), at(values, indptr[to]!)];
      wasm.sparseTimesDense(from, to, ...sparse, at(dense, cols * size), width(size, 4), at(out, to * size));
    },
    nearestRows: (from, to, rows, columns, k, out, scratch) => {
      const entries = rows.indices.length;
      const byRow = [at(rows.indptr, rows.rows + 1), at(rows.indices, entries), at(rows.values, entries)];
      const byColumn = [at(columns.indptr, rows.cols + 1), at(columns.indices, entries), at(columns.values, entries)];
      wasm.nearestRows(
        from,
        to,
        ...byRow,
        ...byColumn,
        rows.rows,
        k,
        ...lists(out, to, k),
        at(scratch, 2 * rows.rows + 1),
      );
    },
    roundRows: (from, to, rows, places, slack, { values, size, scales, margins }) => {
      const most = Math.min(scales.length, margins.length, Math.floor(values.length / size));
      const beyond = places.subarray(from, to).find((place) => place >= most && place !== NOWHERE);
      if (beyond !== undefined) throw new RangeError(`place ${beyond}: expected one below ${most}`);
      const given = [at(rows, to * size), at(places, to), slack] as const;
      wasm.roundRows(from, to, ...given, at(values, 0), width(size, 16), at(scales, 0), at(margins, 0));
    },
    quantizedBounds: (from, to, { values, size, scales, margins }, x, out) => {
      if (size > 512) throw new RangeError(`rows of ${size} bytes: expected at most 512`);
      const bytes = [at(values, to * size), at(scales, to), at(margins, to), width(size, 16)];
      wasm.quantizedBounds(from, to, ...bytes, at(x.values, size), x.scale, x.length, at(out, to - from));
    },
  };
};
