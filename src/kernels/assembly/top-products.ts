/** The best items of many queries: matrix–matrix products whose results are never written out. */

import { dot, madd } from './arithmetic';
import { floorOf, push, sort } from './best';

/** Items of a block: its rows stay in the first-level cache while all queries pass. */
const BLOCK: i32 = 128;

/**
 * For each query from … to - 1 the k items with the highest products, best first, equal ones by lower item:
 * `outItems` and `outScores` hold k places a query, `outCounts` how many are filled. Items in the query's row of
 * (excludedPtr, excluded), ascending, are left out; `excludedPtr` 0 means that none are.
 */
export function topProducts(
  from: i32,
  to: i32,
  queries: usize,
  items: usize,
  itemCount: i32,
  size: i32,
  k: i32,
  excludedPtr: usize,
  excluded: usize,
  outItems: usize,
  outScores: usize,
  outCounts: usize,
): void {
  memory.fill(outCounts + ((<usize>from) << 2), 0, (<usize>(to - from)) << 2);
  for (let block = 0; block < itemCount; block += BLOCK) {
    const end = min(block + BLOCK, itemCount);
    for (let query = from; query < to; query++) {
      const heap = <usize>query * <usize>k;
      const counted = outCounts + ((<usize>query) << 2);
      const barred =
        excludedPtr === 0 ? <usize>0 : excluded + ((<usize>load<u32>(excludedPtr + ((<usize>query) << 2))) << 2);
      const barredEnd =
        excludedPtr === 0 ? <usize>0 : excluded + ((<usize>load<u32>(excludedPtr + ((<usize>query) << 2), 4)) << 2);
      const filled = scan(
        block,
        end,
        queries + ((<usize>query * <usize>size) << 2),
        items,
        size,
        k,
        barred,
        barredEnd,
        outItems + (heap << 2),
        outScores + (heap << 2),
        load<u32>(counted),
      );
      store<u32>(counted, filled);
    }
  }
  for (let query = from; query < to; query++) {
    const heap = <usize>query * <usize>k;
    sort(outItems + (heap << 2), outScores + (heap << 2), load<u32>(outCounts + ((<usize>query) << 2)));
  }
}

function scan(
  from: i32,
  to: i32,
  x: usize,
  items: usize,
  size: i32,
  k: i32,
  barred: usize,
  barredEnd: usize,
  outItems: usize,
  outScores: usize,
  filled: i32,
): i32 {
  const stride = (<usize>size) << 2;
  let row = from;
  let at = items + <usize>from * stride;
  for (; row + 4 <= to; row += 4, at += stride << 2) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    const r1 = at + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    for (let j: usize = 0; j < stride; j += 16) {
      const v = v128.load(x + j);
      s0 = madd(v128.load(at + j), v, s0);
      s1 = madd(v128.load(r1 + j), v, s1);
      s2 = madd(v128.load(r2 + j), v, s2);
      s3 = madd(v128.load(r3 + j), v, s3);
    }
    const sums = sumsOf(s0, s1, s2, s3);
    // Nearly always none of the four is good enough.
    if (!v128.any_true(f32x4.gt(sums, f32x4.splat(floorOf(outScores, filled, k))))) continue;
    filled = offer(f32x4.extract_lane(sums, 0), row, barred, barredEnd, outItems, outScores, filled, k);
    filled = offer(f32x4.extract_lane(sums, 1), row + 1, barred, barredEnd, outItems, outScores, filled, k);
    filled = offer(f32x4.extract_lane(sums, 2), row + 2, barred, barredEnd, outItems, outScores, filled, k);
    filled = offer(f32x4.extract_lane(sums, 3), row + 3, barred, barredEnd, outItems, outScores, filled, k);
  }
  for (; row < to; row++, at += stride) {
    filled = offer(dot(at, x, size), row, barred, barredEnd, outItems, outScores, filled, k);
  }
  return filled;
}

function offer(
  score: f32,
  item: u32,
  barred: usize,
  barredEnd: usize,
  outItems: usize,
  outScores: usize,
  filled: i32,
  k: i32,
): i32 {
  if (!(score > floorOf(outScores, filled, k)) || isBarred(item, barred, barredEnd)) return filled;
  return push(outItems, outScores, filled, k, item, score);
}

/** The four lane sums in one vector, each added up as `laneSum` does. */
function sumsOf(s0: v128, s1: v128, s2: v128, s3: v128): v128 {
  const a0 = v128.shuffle<f32>(s0, s1, 0, 4, 2, 6);
  const a1 = v128.shuffle<f32>(s0, s1, 1, 5, 3, 7);
  const b0 = v128.shuffle<f32>(s2, s3, 0, 4, 2, 6);
  const b1 = v128.shuffle<f32>(s2, s3, 1, 5, 3, 7);
  const a = f32x4.add(a0, a1);
  const b = f32x4.add(b0, b1);
  return f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
}

function isBarred(item: u32, from: usize, to: usize): bool {
  while (from < to) {
    const middle = from + ((((to - from) >> 2) >> 1) << 2);
    const found = load<u32>(middle);
    if (found === item) return true;
    if (found < item) from = middle + 4;
    else to = middle;
  }
  return false;
}
