/** Dense kernels as plain loops: what they mean, and what runs where there is no WebAssembly. Sums in f64. */

import { dot } from '#math';
import type { Kernels } from '../kernels.ts';

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
