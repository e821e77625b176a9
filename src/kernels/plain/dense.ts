/** Dense kernels as plain loops: what they mean, and what runs where there is no WebAssembly. Sums in f64. */

import { dot } from '#math';
import { type Kernels, NOWHERE } from '../kernels.ts';

export const dots: Kernels['dots'] = (from, to, rows, size, x, out) => {
  for (let row = from; row < to; row++) out[row - from] = dot(rowOf(rows, row, size), x);
};

export const namedDots: Kernels['namedDots'] = (from, to, items, rows, size, x, out) => {
  for (let n = from; n < to; n++) {
    const row = rowOf(rows, items[n]!, size);
    const sums = [0, 0, 0, 0] as [number, number, number, number];
    for (let k = 0; k < size; k++) sums[k % 4]! += row[k]! * x[k]!;
    out[n - from] = sums[0] + sums[1] + (sums[2] + sums[3]);
  }
};

export const addGram: Kernels['addGram'] = (from, to, rows, size, out) => {
  for (let row = from; row < to; row++) addOuterProduct(1, rowOf(rows, row, size), out);
};

export const addWeightedGram: Kernels['addWeightedGram'] = (from, to, items, weights, rows, size, out) => {
  for (let n = from; n < to; n++) addOuterProduct(weights[n]!, rowOf(rows, items[n]!, size), out);
};

export const rotate: Kernels['rotate'] = (from, to, rows, size, q, scratch) => {
  for (let r = from; r < to; r++) {
    const row = rowOf(rows, r, size);
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += row[k]! * q[k * size + j]!;
      scratch[j] = sum;
    }
    row.set(scratch.subarray(0, size));
  }
};

export const squares: Kernels['squares'] = (from, to, rows, size, ofRows, ofColumns) => {
  for (let r = from; r < to; r++) {
    const sums = [0, 0] as [number, number];
    rowOf(rows, r, size).forEach((value, k) => {
      sums[k % 2]! += value * value;
      ofColumns[k]! += value * value;
    });
    ofRows[r - from] = sums[0] + sums[1];
  }
};

const MOST_BYTE = 127;
/** Below it f32 has fewer than its seven digits, once divided by `MOST_BYTE`. */
const SMALLEST = Math.fround(1e-35);

export const roundRows: Kernels['roundRows'] = (from, to, rows, places, slack, { values, size, scales, margins }) => {
  for (let n = from; n < to; n++) {
    const place = places[n]!;
    const row = rowOf(rows, n, size);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (place === NOWHERE || largest === 0) continue;
    // Of a row so small that its scale would lose digits nothing is kept but the margin. No number comes out beyond
    // `MOST_BYTE`: the scale is that of the largest to seven digits.
    const scale = largest < SMALLEST ? 0 : Math.fround(largest / MOST_BYTE);
    const inverse = scale === 0 ? 0 : 1 / scale;
    const errors = [0, 0] as [number, number];
    const lengths = [0, 0] as [number, number];
    row.forEach((value, k) => {
      const whole = Math.floor(value * inverse + 0.5);
      values[place * size + k] = whole;
      errors[k % 2]! += (value - scale * whole) ** 2;
      lengths[k % 2]! += value * value;
    });
    const [error, length] = [errors, lengths].map(([even, odd]) => Math.sqrt(even + odd)) as [number, number];
    scales[place] = scale;
    margins[place] = error + slack * (length + error);
  }
};

export const quantizedBounds: Kernels['quantizedBounds'] = (from, to, { values, size, scales, margins }, x, out) => {
  const { fround } = Math;
  for (let row = from; row < to; row++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += values[row * size + k]! * x.values[k]!;
    const product = fround(fround(fround(x.scale) * scales[row]!) * fround(sum));
    out[row - from] = product + fround(fround(x.length) * margins[row]!);
  }
};

const rowOf = (rows: Float32Array, row: number, size: number): Float32Array =>
  rows.subarray(row * size, (row + 1) * size);

const addOuterProduct = (weight: number, row: Float32Array, out: Float32Array): void => {
  const size = row.length;
  for (let i = 0; i < size; i++) {
    const scaled = weight * row[i]!;
    for (let j = 0; j <= i; j++) out[i * size + j]! += scaled * row[j]!;
  }
};
