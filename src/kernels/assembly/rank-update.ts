/** Symmetric rank-k updates: the lower triangle of out += Σ weight · row · rowᵀ. */

import { madd } from './arithmetic';

/** Lower triangle of `out` (size × size f32) += Σ row · rowᵀ over rows from … to - 1. */
export function addGram(from: i32, to: i32, rows: usize, size: i32, out: usize): void {
  const stride = (<usize>size) << 2;
  let row = from;
  let at = rows + <usize>from * stride;
  for (; row + 4 <= to; row += 4, at += stride << 2) {
    addFour(at, at + stride, at + stride * 2, at + stride * 3, 1, 1, 1, 1, size, out);
  }
  for (; row < to; row++, at += stride) addOne(at, 1, size, out);
}

/** Lower triangle of `out` += Σ weights[n] · rows[items[n]] · rows[items[n]]ᵀ over n from … to - 1. */
export function addWeightedGram(
  from: i32,
  to: i32,
  items: usize,
  weights: usize,
  rows: usize,
  size: i32,
  out: usize,
): void {
  const stride = (<usize>size) << 2;
  let n = from;
  for (; n + 4 <= to; n += 4) {
    const i = items + ((<usize>n) << 2);
    const w = weights + ((<usize>n) << 2);
    addFour(
      rows + <usize>load<u32>(i) * stride,
      rows + <usize>load<u32>(i, 4) * stride,
      rows + <usize>load<u32>(i, 8) * stride,
      rows + <usize>load<u32>(i, 12) * stride,
      f32.load(w),
      f32.load(w, 4),
      f32.load(w, 8),
      f32.load(w, 12),
      size,
      out,
    );
  }
  for (; n < to; n++) {
    addOne(
      rows + <usize>load<u32>(items + ((<usize>n) << 2)) * stride,
      f32.load(weights + ((<usize>n) << 2)),
      size,
      out,
    );
  }
}

/** Four rows at once: each element of `out` is read and written once for four products. */
function addFour(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  w0: f32,
  w1: f32,
  w2: f32,
  w3: f32,
  size: i32,
  out: usize,
): void {
  const stride = (<usize>size) << 2;
  for (let i: usize = 0; i < stride; i += 4, out += stride) {
    const a0 = f32x4.splat(w0 * f32.load(r0 + i));
    const a1 = f32x4.splat(w1 * f32.load(r1 + i));
    const a2 = f32x4.splat(w2 * f32.load(r2 + i));
    const a3 = f32x4.splat(w3 * f32.load(r3 + i));
    // Goes up to the end of the vector that holds the diagonal: a little of the upper triangle is written too.
    for (let j: usize = 0; j <= i; j += 16) {
      let sum = v128.load(out + j);
      sum = madd(a0, v128.load(r0 + j), sum);
      sum = madd(a1, v128.load(r1 + j), sum);
      sum = madd(a2, v128.load(r2 + j), sum);
      sum = madd(a3, v128.load(r3 + j), sum);
      v128.store(out + j, sum);
    }
  }
}

function addOne(row: usize, weight: f32, size: i32, out: usize): void {
  const stride = (<usize>size) << 2;
  for (let i: usize = 0; i < stride; i += 4, out += stride) {
    const a = f32x4.splat(weight * f32.load(row + i));
    for (let j: usize = 0; j <= i; j += 16) v128.store(out + j, madd(a, v128.load(row + j), v128.load(out + j)));
  }
}
