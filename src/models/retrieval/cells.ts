/** Vectors gathered in cells of like direction. */

import { createSpace, f32, type KernelPool, partsOf, u32 } from '#kernels';
import type { Matrix, Rng } from '#math';

/** Rounds of assigning and averaging; the cells hardly move after these. */
const ROUNDS = 6;
/** Rows that the centres are learned from, for each cell. */
const SAMPLE_PER_CELL = 40;
/** Rows that are assigned at once, and those of a part. */
const BATCH = 65_536;
const PART = 1024;

export interface Cells {
  /** cells × size, rows of length 1. */
  readonly centres: Matrix;
  /** Rows in the order of their cells: cell c has order[starts[c]] … order[starts[c + 1] - 1], ascending. */
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
}

/**
 * Spherical k-means over `rows`, at least one and none of zeros: each belongs to the centre with the largest cosine, each
 * centre is the mean direction of its rows, learned on a sample. Rows · cells · size · 2 operations to assign, shared out
 * among threads; the same whatever their number.
 */
export const gatherInCells = async (
  factors: Matrix,
  rows: Uint32Array,
  cells: number,
  rng: Rng,
  pool: KernelPool,
): Promise<Cells> => {
  const size = factors.cols;
  const count = Math.max(1, Math.min(cells, rows.length));
  const most = Math.min(BATCH, rows.length);
  const draw = (): number => rows[rng.int(rows.length)]!;
  const space = createSpace({
    batch: f32(most * size),
    centres: f32(count * size),
    items: u32(most),
    scores: f32(most),
    counts: u32(most),
  });
  const { batch, centres, items, scores, counts } = space.arrays;
  for (let cell = 0; cell < count; cell++) copyDirection(factors, draw(), centres, cell, size);

  /** Cell of each of these rows. */
  const assign = async (of: Uint32Array): Promise<Uint32Array> => {
    const cellOf = new Uint32Array(of.length);
    const products = { queries: batch, items: centres, itemCount: count, size, k: 1, excluded: null };
    for (let start = 0; start < of.length; start += most) {
      const many = Math.min(most, of.length - start);
      for (let n = 0; n < many; n++) copyDirection(factors, of[start + n]!, batch, n, size);
      await pool.run(space, 'topProducts', { products, lists: { items, scores, counts } }, partsOf(many, PART));
      cellOf.set(items.subarray(0, many), start);
    }
    return cellOf;
  };

  const sample = Uint32Array.from({ length: Math.min(rows.length, count * SAMPLE_PER_CELL) }, draw);
  for (let round = 0; round < ROUNDS; round++) moveCentres(factors, sample, await assign(sample), centres, count);
  const learned = { rows: count, cols: size, values: centres.slice() };
  return { centres: learned, ...byCell(rows, await assign(rows), count) };
};

/** The row brought to length 1, into row `to` of `out`; a row of zeros stays so. */
const copyDirection = (from: Matrix, row: number, out: Float32Array, to: number, size: number): void => {
  let squares = 0;
  for (let k = 0; k < size; k++) squares += from.values[row * size + k]! ** 2;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  for (let k = 0; k < size; k++) out[to * size + k] = scale * from.values[row * size + k]!;
};

/** Each centre to the mean direction of its rows; one without rows stays where it is. */
const moveCentres = (
  factors: Matrix,
  sample: Uint32Array,
  cellOf: Uint32Array,
  centres: Float32Array,
  count: number,
): void => {
  const { cols: size } = factors;
  const sums = { rows: count, cols: size, values: new Float32Array(count * size) };
  const direction = new Float32Array(size);
  const sizes = new Uint32Array(count);
  sample.forEach((row, n) => {
    copyDirection(factors, row, direction, 0, size);
    const at = cellOf[n]! * size;
    for (let k = 0; k < size; k++) sums.values[at + k]! += direction[k]!;
    sizes[cellOf[n]!]!++;
  });
  for (let cell = 0; cell < count; cell++) if (sizes[cell]! > 0) copyDirection(sums, cell, centres, cell, size);
};

const byCell = (rows: Uint32Array, cellOf: Uint32Array, count: number): { order: Uint32Array; starts: Uint32Array } => {
  const starts = new Uint32Array(count + 1);
  for (const cell of cellOf) starts[cell + 1]!++;
  for (let cell = 0; cell < count; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const order = new Uint32Array(cellOf.length);
  cellOf.forEach((cell, n) => {
    order[next[cell]!++] = rows[n]!;
  });
  return { order, starts };
};
