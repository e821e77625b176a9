/** The halves of an ALS epoch: every row of one side solved while the other side stays, shared out among threads. */

import { createSpace, f32, type KernelPool, partsOf, type Space, u32 } from '#kernels';
import { type Csr, symmetricEigen, transposeCsr } from '#math';

/** Rows of a part when outer products are added up: sums of parts are added in f64, in the order of the parts. */
const GRAM_ROWS = 4096;
/** A part has at most so many rows, and ends with the row in which it comes to so many entries. */
const MOST_ROWS = 512;
const MOST_ENTRIES = 65_536;

/** One side of the factorization. */
export interface Side {
  /** rows × width, in the space. */
  readonly factors: Float32Array;
  /** What the rows are solved from: the confidence of each entry. */
  readonly confidence: Csr;
  /** λ of each row. */
  readonly lambdas: Float32Array;
}

export interface Sweeps {
  readonly users: Side;
  readonly items: Side;
  /** Solves each row x of the side in
   *    (YᵀY + λI + Σ (c - 1)·y·yᵀ)·x = Σ c·y        [Hu2008] eq. 4, sums over the row's entries,
   * Y being the other side; entries that are not stored have confidence 1 and preference 0.
   */
  solve(side: 'users' | 'items', steps: number): Promise<void>;
  /** Turns the items into the eigenbasis of their own YᵀY, as `alsModel` wants them. */
  finish(): Promise<void>;
}

/**
 * Memory for a factorization of `counts` (users × items), its confidences laid out by user and by item. Before each half
 * epoch both sides are turned into the eigenbasis of the fixed side's YᵀY, which changes no prediction. There YᵀY is
 * diagonal: a product with it costs F instead of F², and YᵀY + λI is at the same time an exact preconditioner, so that only
 * the few entries of a row are left for the conjugate gradients [Takacs2011] to solve.
 * Parts are cut by the data alone, so the same numbers come out whatever the number of threads.
 */
export const createSweeps = (
  counts: Csr,
  width: number,
  confidenceOf: (plays: number) => number,
  pool: KernelPool,
): Sweeps => {
  const { rows, cols } = counts;
  const entries = counts.indices.length;
  const sums = Math.ceil(Math.max(rows, cols) / GRAM_ROWS);
  const space = createSpace({
    users: f32(rows * width),
    items: f32(cols * width),
    userPtr: u32(counts.indptr),
    userItems: u32(counts.indices),
    userValues: f32(entries),
    itemPtr: u32(cols + 1),
    itemUsers: u32(entries),
    itemValues: f32(entries),
    userLambdas: f32(rows),
    itemLambdas: f32(cols),
    spectrum: f32(width),
    q: f32(width * width),
    sums: f32(sums * width * width),
    scratch: f32(pool.workers * 4 * width),
  });
  const { arrays } = space;
  for (let n = 0; n < entries; n++) arrays.userValues[n] = confidenceOf(counts.values[n]!);
  const byUser = { rows, cols, indptr: arrays.userPtr, indices: arrays.userItems, values: arrays.userValues };
  const byItem = { indptr: arrays.itemPtr, indices: arrays.itemUsers, values: arrays.itemValues };
  const users: Side = { factors: arrays.users, confidence: byUser, lambdas: arrays.userLambdas };
  const items: Side = {
    factors: arrays.items,
    confidence: transposeCsr(byUser, byItem),
    lambdas: arrays.itemLambdas,
  };
  const parts = { users: partsByEntries(users.confidence), items: partsByEntries(items.confidence) };
  const turn = (of: Side, sides: readonly Side[]) => turnIntoEigenbasis(space, arrays, pool, width, of, sides);
  return {
    users,
    items,
    solve: async (name, steps) => {
      const [side, fixed] = name === 'users' ? [users, items] : [items, users];
      arrays.spectrum.set(await turn(fixed, [fixed, side]));
      const systems = {
        solved: side.factors,
        fixed: fixed.factors,
        size: width,
        confidence: side.confidence,
        spectrum: arrays.spectrum,
        lambdas: side.lambdas,
        steps,
      };
      await pool.run(space, 'solveRows', { systems, scratch: arrays.scratch }, parts[name]);
    },
    finish: async () => {
      await turn(items, [items]);
    },
  };
};

interface TurnBuffers {
  readonly q: Float32Array;
  readonly sums: Float32Array;
  readonly scratch: Float32Array;
}

/** Turns `sides` so that YᵀY of the first argument becomes diagonal; returns the diagonal, descending. */
const turnIntoEigenbasis = async (
  space: Space,
  { q, sums, scratch }: TurnBuffers,
  pool: KernelPool,
  size: number,
  of: Side,
  sides: readonly Side[],
): Promise<Float64Array> => {
  const bounds = partsOf(of.confidence.rows, GRAM_ROWS);
  await pool.run(space, 'gram', { rows: of.factors, size, sums }, bounds);
  const { values, vectors } = symmetricEigen(addParts(sums, bounds.length - 1, size), size);
  q.set(vectors);
  for (const { factors, confidence } of sides) {
    await pool.run(space, 'rotate', { rows: factors, size, q, scratch }, partsOf(confidence.rows, MOST_ROWS));
  }
  // Rounding can push an eigenvalue of 0 below it.
  return values.map((value) => Math.max(0, value));
};

/** The parts' lower triangles added up, as a whole symmetric matrix. */
const addParts = (sums: Float32Array, parts: number, size: number): Float64Array => {
  const total = new Float64Array(size * size);
  for (let part = 0; part < parts; part++) {
    for (let n = 0; n < total.length; n++) total[n]! += sums[part * total.length + n]!;
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) total[j * size + i] = total[i * size + j]!;
  }
  return total;
};

const partsByEntries = ({ rows, indptr }: Csr): Uint32Array => {
  const bounds = [0];
  let start = 0;
  for (let row = 1; row <= rows; row++) {
    const isFull = row - start === MOST_ROWS || indptr[row]! - indptr[start]! >= MOST_ENTRIES;
    if (!isFull && row < rows) continue;
    bounds.push(row);
    start = row;
  }
  return Uint32Array.from(bounds);
};
