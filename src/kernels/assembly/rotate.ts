/** Rows times a small square matrix, in place. */

import { madd } from './arithmetic';

/** rows[r] ← rows[r] · q for rows from … to - 1; q is size × size; `scratch` holds 4 · size f32. */
export function rotate(from: i32, to: i32, rows: usize, size: i32, q: usize, scratch: usize): void {
  const stride = (<usize>size) << 2;
  let row = from;
  let at = rows + <usize>from * stride;
  for (; row + 4 <= to; row += 4, at += stride << 2) {
    multiplyFour(at, size, q, scratch);
    memory.copy(at, scratch, stride << 2);
  }
  for (; row < to; row++, at += stride) {
    multiplyOne(at, size, q, scratch);
    memory.copy(at, scratch, stride);
  }
}

/** Four rows and eight columns at once: eight sums stay in registers while k goes by. */
function multiplyFour(rows: usize, size: i32, q: usize, out: usize): void {
  const stride = (<usize>size) << 2;
  const last = stride - 16;
  for (let j: usize = 0; j < stride; j += 32) {
    // With an odd number of vectors the last one is done twice, by itself.
    const j1 = min(j + 16, last);
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let d0 = f32x4.splat(0);
    let d1 = f32x4.splat(0);
    let qRow = q;
    for (let k: usize = 0; k < stride; k += 4, qRow += stride) {
      const q0 = v128.load(qRow + j);
      const q1 = v128.load(qRow + j1);
      let x = v128.load32_splat(rows + k);
      a0 = madd(x, q0, a0);
      a1 = madd(x, q1, a1);
      x = v128.load32_splat(rows + stride + k);
      b0 = madd(x, q0, b0);
      b1 = madd(x, q1, b1);
      x = v128.load32_splat(rows + stride * 2 + k);
      c0 = madd(x, q0, c0);
      c1 = madd(x, q1, c1);
      x = v128.load32_splat(rows + stride * 3 + k);
      d0 = madd(x, q0, d0);
      d1 = madd(x, q1, d1);
    }
    v128.store(out + j, a0);
    v128.store(out + j1, a1);
    v128.store(out + stride + j, b0);
    v128.store(out + stride + j1, b1);
    v128.store(out + stride * 2 + j, c0);
    v128.store(out + stride * 2 + j1, c1);
    v128.store(out + stride * 3 + j, d0);
    v128.store(out + stride * 3 + j1, d1);
  }
}

function multiplyOne(row: usize, size: i32, q: usize, out: usize): void {
  const stride = (<usize>size) << 2;
  for (let j: usize = 0; j < stride; j += 16) {
    let sum = f32x4.splat(0);
    let qRow = q + j;
    for (let k: usize = 0; k < stride; k += 4, qRow += stride) {
      sum = madd(v128.load32_splat(row + k), v128.load(qRow), sum);
    }
    v128.store(out + j, sum);
  }
}
