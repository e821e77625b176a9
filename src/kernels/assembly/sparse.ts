/** Products with sparse matrices. */

import { madd } from './arithmetic';
import { floorOf, push } from './best';

/** out[r] = Σ values[n] · dense[indices[n]] over the entries of row r, for rows from … to - 1; `out` is rows × size. */
export function sparseTimesDense(
  from: i32,
  to: i32,
  indptr: usize,
  indices: usize,
  values: usize,
  dense: usize,
  size: i32,
  out: usize,
): void {
  const stride = (<usize>size) << 2;
  for (let row = from; row < to; row++) {
    const target = out + <usize>row * stride;
    memory.fill(target, 0, stride);
    let n = load<u32>(indptr + ((<usize>row) << 2));
    const end = load<u32>(indptr + ((<usize>row) << 2), 4);
    for (; n + 2 <= end; n += 2) {
      const at = (<usize>n) << 2;
      const a = v128.load32_splat(values + at);
      const b = v128.load32_splat(values + at, 4);
      const rowA = dense + <usize>load<u32>(indices + at) * stride;
      const rowB = dense + <usize>load<u32>(indices + at, 4) * stride;
      for (let k: usize = 0; k < stride; k += 16) {
        const sum = madd(a, v128.load(rowA + k), v128.load(target + k));
        v128.store(target + k, madd(b, v128.load(rowB + k), sum));
      }
    }
    if (n < end) {
      const a = v128.load32_splat(values + ((<usize>n) << 2));
      const rowA = dense + <usize>load<u32>(indices + ((<usize>n) << 2)) * stride;
      for (let k: usize = 0; k < stride; k += 16) {
        v128.store(target + k, madd(a, v128.load(rowA + k), v128.load(target + k)));
      }
    }
  }
}

/**
 * Similarity join: for each row from … to - 1 of a sparse matrix the k other rows with the largest positive inner
 * product, in no order; `columns…` is the transpose, and no value is below 0. `outItems` and `outScores` hold k places a row, `outCounts` how many
 * are filled. `scratch` holds 2 · rows + 1 numbers, the first `rows` of them zero before and after.
 */
export function nearestRows(
  from: i32,
  to: i32,
  indptr: usize,
  indices: usize,
  values: usize,
  columnsPtr: usize,
  columnRows: usize,
  columnValues: usize,
  rows: i32,
  k: i32,
  outItems: usize,
  outScores: usize,
  outCounts: usize,
  scratch: usize,
): void {
  const products = scratch;
  const touched = scratch + ((<usize>rows) << 2);
  for (let row = from; row < to; row++) {
    let found: i32 = 0;
    const end = load<u32>(indptr + ((<usize>row) << 2), 4);
    for (let n = load<u32>(indptr + ((<usize>row) << 2)); n < end; n++) {
      const weight = f32.load(values + ((<usize>n) << 2));
      const column = columnsPtr + ((<usize>load<u32>(indices + ((<usize>n) << 2))) << 2);
      const last = (<usize>load<u32>(column, 4)) << 2;
      for (let m = (<usize>load<u32>(column)) << 2; m < last; m += 4) {
        const other = load<u32>(columnRows + m);
        const place = products + ((<usize>other) << 2);
        const before = f32.load(place);
        const after = before + weight * f32.load(columnValues + m);
        // Written always, counted only when it is the first that is not 0: no branch to be guessed wrong, and no row twice.
        store<u32>(touched + ((<usize>found) << 2), other);
        found += i32(before === 0) & i32(after !== 0);
        f32.store(place, after);
      }
    }
    const heap = (<usize>row * <usize>k) << 2;
    store<u32>(
      outCounts + ((<usize>row) << 2),
      strongest(row, products, touched, found, k, outItems + heap, outScores + heap),
    );
  }
}

/** The best of the touched rows; leaves the products at zero. */
function strongest(row: i32, products: usize, touched: usize, found: i32, k: i32, items: usize, scores: usize): i32 {
  let filled = 0;
  let floor: f32 = 0;
  for (let n = 0; n < found; n++) {
    const other = load<u32>(touched + ((<usize>n) << 2));
    const place = products + ((<usize>other) << 2);
    const score = f32.load(place);
    f32.store(place, 0);
    if (<i32>other === row || !(score > 0)) continue;
    // Rows come in no order here, so at equal scores the lower one has still to be let in.
    if (filled === k && (score < floor || (score === floor && other > load<u32>(items)))) continue;
    filled = push(items, scores, filled, k, other, score);
    floor = floorOf(scores, filled, k);
  }
  return filled;
}
