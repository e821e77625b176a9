/**
 * The inner loops of ALS: plain loops over typed arrays, nothing allocated, every buffer passed in.
 * F, the width of a factor matrix, is a multiple of 4; a row begins at `at` in `factors`. Loops do several independent
 * sums at once, because additions of one chain wait for each other and each number read should be used more than once:
 * under V8 that is 2 to 3 times as fast as the obvious loop.
 */

import type { TopK } from '#math';

/** Inner product of row `at` of `factors` (F f32) and `p` (F f64). */
export const dotRow = (factors: Float32Array, at: number, p: Float64Array, size: number): number => {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < size; k += 4) {
    s0 += factors[at + k]! * p[k]!;
    s1 += factors[at + k + 1]! * p[k + 1]!;
    s2 += factors[at + k + 2]! * p[k + 2]!;
    s3 += factors[at + k + 3]! * p[k + 3]!;
  }
  return s0 + s1 + (s2 + s3);
};

/** What is known of the rows of a factor matrix before any product is made. */
export interface RowLengths {
  /** |y| of each row. */
  readonly all: Float64Array;
  /** |y| of each row without its first `HEAD` columns. */
  readonly rest: Float64Array;
}

/** Columns added up before looking whether the others can still matter: two cache lines. */
export const HEAD = 32;
/** Bounds are widened by this part of the lengths: far more than a sum of F products in f64 can be off. */
const ROUNDING = 1e-9;

/**
 * Offers `best` the product of each row with `x` (F f64, with its lengths), the same bits as `dotRow`; rows that cannot
 * be above its floor are left early [Teflioudi2015]. x·y ≤ |x|·|y|, and more tightly: the product of the leading columns,
 * which in an eigenbasis weigh most, plus that of the lengths of the rests. All is in one loop, and the floor in a local:
 * a call for every row would cost as much as leaving early saves.
 */
export const offerProducts = (
  factors: Float32Array,
  lengths: RowLengths,
  x: Float64Array,
  xLength: { readonly all: number; readonly rest: number },
  best: TopK,
): void => {
  const size = x.length;
  const head = Math.min(HEAD, size);
  const { all, rest } = lengths;
  const xAll = xLength.all * (1 + ROUNDING);
  const xRest = xLength.rest * (1 + ROUNDING);
  let floor = best.floor;
  for (let row = 0; row < all.length; row++) {
    const bound = xAll * all[row]!;
    if (bound <= floor) continue;
    const at = row * size;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < head; k += 4) {
      s0 += factors[at + k]! * x[k]!;
      s1 += factors[at + k + 1]! * x[k + 1]!;
      s2 += factors[at + k + 2]! * x[k + 2]!;
      s3 += factors[at + k + 3]! * x[k + 3]!;
    }
    if (s0 + s1 + (s2 + s3) + xRest * rest[row]! + ROUNDING * bound <= floor) continue;
    for (let k = head; k < size; k += 4) {
      s0 += factors[at + k]! * x[k]!;
      s1 += factors[at + k + 1]! * x[k + 1]!;
      s2 += factors[at + k + 2]! * x[k + 2]!;
      s3 += factors[at + k + 3]! * x[k + 3]!;
    }
    const score = s0 + s1 + (s2 + s3);
    if (score > floor) floor = best.offer(row, score);
  }
};

/** out += scale · row. */
export const addScaledRow = (
  out: Float64Array,
  scale: number,
  factors: Float32Array,
  at: number,
  size: number,
): void => {
  for (let k = 0; k < size; k++) out[k]! += scale * factors[at + k]!;
};

/** Lower triangle of `out` (F × F) += scale · row · rowᵀ. F²/2 multiplications. */
export const addOuterProduct = (
  out: Float64Array,
  scale: number,
  factors: Float32Array,
  at: number,
  size: number,
): void => {
  for (let i = 0; i < size; i++) {
    const scaled = scale * factors[at + i]!;
    const row = i * size;
    for (let j = 0; j <= i; j++) out[row + j]! += scaled * factors[at + j]!;
  }
};

/** Rows of a block of `gram`; a block's columns are contiguous in the buffer and stay in the first-level cache. */
const BLOCK = 64;

/** Numbers that `gram` needs as `block`. */
export const gramBlockLength = (size: number): number => size * BLOCK;

/** YᵀY of a rows × F matrix, both triangles, into `out` (F × F). rows · F²/2 multiplications. */
export const gram = (
  factors: Float32Array,
  rows: number,
  size: number,
  out: Float64Array,
  block: Float64Array,
): void => {
  out.fill(0);
  for (let row = 0; row < rows; row += BLOCK) {
    transposeBlock(factors, row, Math.min(BLOCK, rows - row), size, block);
    addBlockGram(block, size, out);
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) out[j * size + i] = out[i * size + j]!;
  }
};

/** block[k, b] = factors[row + b, k]; columns beyond `count` are 0. */
const transposeBlock = (factors: Float32Array, row: number, count: number, size: number, block: Float64Array): void => {
  if (count < BLOCK) block.fill(0);
  for (let b = 0; b < count; b++) {
    const at = (row + b) * size;
    for (let k = 0; k < size; k++) block[k * BLOCK + b] = factors[at + k]!;
  }
};

/** Lower triangle of `out` += block · blockᵀ, in tiles of 2 × 2. */
const addBlockGram = (block: Float64Array, size: number, out: Float64Array): void => {
  for (let i = 0; i < size; i += 2) {
    for (let j = 0; j <= i; j += 2) {
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      const iAt = i * BLOCK;
      const jAt = j * BLOCK;
      for (let b = 0; b < BLOCK; b++) {
        const a0 = block[iAt + b]!;
        const a1 = block[iAt + BLOCK + b]!;
        const c0 = block[jAt + b]!;
        const c1 = block[jAt + BLOCK + b]!;
        s00 += a0 * c0;
        s01 += a0 * c1;
        s10 += a1 * c0;
        s11 += a1 * c1;
      }
      const at = i * size + j;
      out[at]! += s00;
      out[at + 1]! += s01;
      out[at + size]! += s10;
      out[at + size + 1]! += s11;
    }
  }
};

/** Y ← Y·Q in place: every row of a rows × F matrix times Q (F × F). `pair` holds 2F numbers. rows · F² multiplications. */
export const rotateRows = (
  factors: Float32Array,
  rows: number,
  size: number,
  q: Float64Array,
  pair: Float64Array,
): void => {
  for (let row = 0; row < rows; row += 2) {
    const at = row * size;
    // An odd last row is paired with itself; both results are the same, and the first is the one that is kept.
    const other = row + 1 < rows ? at + size : at;
    multiplyPair(factors, at, other, size, q, pair);
    const count = other === at ? size : 2 * size;
    for (let j = 0; j < count; j++) factors[at + j] = pair[j]!;
  }
};

/** The rows at `at` and `other` times Q, one after the other into `pair`. */
const multiplyPair = (
  factors: Float32Array,
  at: number,
  other: number,
  size: number,
  q: Float64Array,
  pair: Float64Array,
): void => {
  pair.fill(0);
  for (let k = 0; k < size; k += 4) {
    const a0 = factors[at + k]!;
    const a1 = factors[at + k + 1]!;
    const a2 = factors[at + k + 2]!;
    const a3 = factors[at + k + 3]!;
    const b0 = factors[other + k]!;
    const b1 = factors[other + k + 1]!;
    const b2 = factors[other + k + 2]!;
    const b3 = factors[other + k + 3]!;
    const row = k * size;
    for (let j = 0; j < size; j++) {
      const q0 = q[row + j]!;
      const q1 = q[row + size + j]!;
      const q2 = q[row + 2 * size + j]!;
      const q3 = q[row + 3 * size + j]!;
      pair[j]! += a0 * q0 + a1 * q1 + (a2 * q2 + a3 * q3);
      pair[size + j]! += b0 * q0 + b1 * q1 + (b2 * q2 + b3 * q3);
    }
  }
};
