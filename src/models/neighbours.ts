/** Nearest rows of a sparse matrix. */

import { createSpace, f32, type KernelPool, partsOf, u32 } from '#kernels';
import { type Csr, transposeCsr } from '#math';

/** Rows of a part. */
const ROWS = 64;

/**
 * The k rows of `rows` with the largest positive inner product with each row, itself left out: a rows × rows matrix of
 * the products, at most k a row, columns ascending; equal products by lower row. The same whatever the number of threads.
 * O(Σ over columns of entries²) multiplications, by sparse accumulation; each thread holds one dense row at a time.
 */
export const nearestRows = async (rows: Csr, k: number, pool: KernelPool): Promise<Csr> => {
  const entries = rows.indices.length;
  const count = rows.rows;
  const places = Math.min(k, Math.max(1, count - 1));
  const space = createSpace({
    indptr: u32(rows.indptr),
    indices: u32(rows.indices),
    values: f32(rows.values),
    columnPtr: u32(rows.cols + 1),
    columnRows: u32(entries),
    columnValues: f32(entries),
    items: u32(count * places),
    scores: f32(count * places),
    counts: u32(count),
    scratch: u32(pool.workers * (2 * count + 1)),
  });
  const { arrays } = space;
  const byRow = { ...rows, indptr: arrays.indptr, indices: arrays.indices, values: arrays.values };
  const byColumn = { indptr: arrays.columnPtr, indices: arrays.columnRows, values: arrays.columnValues };
  const columns = transposeCsr(byRow, byColumn);
  const lists = { items: arrays.items, scores: arrays.scores, counts: arrays.counts };
  const args = { rows: byRow, columns, k: places, lists, scratch: arrays.scratch };
  await pool.run(space, 'nearestRows', args, partsOf(count, ROWS));
  return toCsr(lists, count, places);
};

/** The lists as rows, columns ascending. */
const toCsr = (
  { items, scores, counts }: { items: Uint32Array; scores: Float32Array; counts: Uint32Array },
  rows: number,
  places: number,
): Csr => {
  const indptr = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) indptr[row + 1] = indptr[row]! + counts[row]!;
  const indices = new Uint32Array(indptr[rows]!);
  const values = new Float32Array(indptr[rows]!);
  for (let row = 0; row < rows; row++) {
    const start = row * places;
    const order = Uint32Array.from({ length: counts[row]! }, (_, n) => start + n);
    order.sort((a, b) => items[a]! - items[b]!);
    order.forEach((at, n) => {
      indices[indptr[row]! + n] = items[at]!;
      values[indptr[row]! + n] = scores[at]!;
    });
  }
  return { rows, cols: rows, indptr, indices, values };
};
