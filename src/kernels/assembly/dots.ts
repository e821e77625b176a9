/** Products of many rows with one vector. */

import { dot, laneSum, madd } from './arithmetic';

/** out[r - from] = rows[r] · x, four rows at once so that no addition waits for another. */
export function dots(from: i32, to: i32, rows: usize, size: i32, x: usize, out: usize): void {
  const stride = (<usize>size) << 2;
  let row = from;
  let at = rows + <usize>from * stride;
  for (; row + 4 <= to; row += 4, at += stride << 2, out += 16) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    const r1 = at + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    for (let k: usize = 0; k < stride; k += 16) {
      const v = v128.load(x + k);
      s0 = madd(v128.load(at + k), v, s0);
      s1 = madd(v128.load(r1 + k), v, s1);
      s2 = madd(v128.load(r2 + k), v, s2);
      s3 = madd(v128.load(r3 + k), v, s3);
    }
    f32.store(out, laneSum(s0));
    f32.store(out, laneSum(s1), 4);
    f32.store(out, laneSum(s2), 8);
    f32.store(out, laneSum(s3), 12);
  }
  for (; row < to; row++, at += stride, out += 4) f32.store(out, dot(at, x, size));
}

/** out[n - from] = rows[items[n]] · x in f64: four sums, each of every fourth number. `size` a multiple of 4. */
export function namedDots(from: i32, to: i32, items: usize, rows: usize, size: i32, x: usize, out: usize): void {
  const stride = (<usize>size) << 2;
  for (let n = from; n < to; n++, out += 8) {
    let at = rows + <usize>load<u32>(items + ((<usize>n) << 2)) * stride;
    let v = x;
    let s01 = f64x2.splat(0);
    let s23 = f64x2.splat(0);
    for (const end = at + stride; at < end; at += 16, v += 32) {
      const low = f64x2.promote_low_f32x4(v128.load(at));
      const high = f64x2.promote_low_f32x4(v128.load64_zero(at, 8));
      s01 = f64x2.add(s01, f64x2.mul(low, v128.load(v)));
      s23 = f64x2.add(s23, f64x2.mul(high, v128.load(v, 16)));
    }
    const a = f64x2.extract_lane(s01, 0) + f64x2.extract_lane(s01, 1);
    f64.store(out, a + (f64x2.extract_lane(s23, 0) + f64x2.extract_lane(s23, 1)));
  }
}
