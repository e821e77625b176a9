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
