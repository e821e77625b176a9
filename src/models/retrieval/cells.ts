/** Vectors gathered in cells of like direction. */

import { createSpace, f32, type KernelPool, partsOf, u32 } from '#kernels';
import type { Matrix, Rng } from '#math';

/** Rounds of assigning and averaging; the cells hardly move after these. */
const ROUNDS = 6;
/** Rows that the centres are learned from, for each cell; never more than a batch in all. */
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
  const sampled = Math.min(most, count * SAMPLE_PER_CELL);
  const draw = (): number => rows[rng.int(rows.length)]!;
  const space = createSpace({
    batch: f32(most * size),
    centres: f32(count * size),
    items: u32(most),
    scores: f32(most),
    counts: u32(most),
    starts: u32(count + 1),
    order: u32(sampled),
    ones: f32(sampled),
  });
  const { batch, centres, items, scores, counts, starts, order, ones } = space.arrays;
  ones.fill(1);
  for (let cell = 0; cell < count; cell++) copyDirection(factors, draw(), centres, cell, size);

  const load = (of: Uint32Array): void => {
    for (const [n, row] of of.entries()) copyDirection(factors, row, batch, n, size);
  };
  /** Cell of each of the first `many` directions of the batch. */
  const assign = async (many: number): Promise<Uint32Array> => {
    const products = { queries: batch, items: centres, itemCount: count, size, k: 1, excluded: null };
    await pool.run(space, 'topProducts', { products, lists: { items, scores, counts } }, partsOf(many, PART));
    return items.subarray(0, many);
  };

  load(Uint32Array.from({ length: sampled }, draw));
  const sample = { rows: count, cols: sampled, indptr: starts, indices: order, values: ones };
  const sum = { sparse: sample, dense: batch, size, out: centres };
  for (let round = 0; round < ROUNDS; round++) {
    const grouped = byCell(await assign(sampled), count);
    starts.set(grouped.starts);
    order.set(grouped.order);
    const before = centres.slice();
    await pool.run(space, 'sparseTimesDense', sum, partsOf(count, PART));
    directCentres(centres, before, grouped.starts, size);
  }
  const cellOf = new Uint32Array(rows.length);
  for (let start = 0; start < rows.length; start += most) {
    const part = rows.subarray(start, start + most);
    load(part);
    cellOf.set(await assign(part.length), start);
  }
  const grouped = byCell(cellOf, count);
  return {
    centres: { rows: count, cols: size, values: centres.slice() },
    order: grouped.order.map((n) => rows[n]!),
    starts: grouped.starts,
  };
};

/** The row brought to length 1, into row `to` of `out`; a row of zeros stays so. */
const copyDirection = (from: Matrix, row: number, out: Float32Array, to: number, size: number): void => {
  let squares = 0;
  for (let k = 0; k < size; k++) squares += from.values[row * size + k]! ** 2;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  for (let k = 0; k < size; k++) out[to * size + k] = scale * from.values[row * size + k]!;
};

/** Sums of directions brought to length 1; a centre without rows stays where it was `before`. */
const directCentres = (centres: Float32Array, before: Float32Array, starts: Uint32Array, size: number): void => {
  const sums = { rows: starts.length - 1, cols: size, values: centres };
  for (let cell = 0; cell < sums.rows; cell++) {
    if (starts[cell] === starts[cell + 1]) centres.set(before.subarray(cell * size, (cell + 1) * size), cell * size);
    else copyDirection(sums, cell, centres, cell, size);
  }
};

/** Places of `cellOf` in the order of their cells, ascending within each. */
const byCell = (cellOf: Uint32Array, count: number): { order: Uint32Array; starts: Uint32Array } => {
  const starts = new Uint32Array(count + 1);
  for (const cell of cellOf) starts[cell + 1]!++;
  for (let cell = 0; cell < count; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const order = new Uint32Array(cellOf.length);
  cellOf.forEach((cell, n) => {
    order[next[cell]!++] = n;
  });
  return { order, starts };
};
