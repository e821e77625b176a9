/** The exact index: bounds of all products from a byte a number, then the products themselves for the few that matter. */

import { createSpace, f32, i8, i16, kernelsOn, type QuantizedRows } from '#kernels';
import type { Matrix, TopK } from '#math';
import { dotRow, type ItemIndex } from './item-index.ts';

/** Rows whose bounds are worked out at once; they stay in the first-level cache, and the floor rises between blocks. */
const BLOCK = 2048;
const MOST_BYTE = 127;
const MOST_WIDE = 32_767;
/** What f32 arithmetic on the bounds themselves may lose, as a part of the lengths: some twenty roundings. */
const ROUNDING = 2e-6;

/**
 * Scans every row. A row y is s·b + e with whole numbers b in a byte each, so y·x ≤ s·(b·x) + |e|·|x|, and that is all that
 * is read of nearly every row [after Teflioudi2015]: F + 8 bytes instead of 4F. The same bits as scoring every item.
 */
export const createQuantizedScan = (factors: Matrix): ItemIndex => {
  const { rows, cols: size, values: y } = factors;
  const width = Math.ceil(size / 16) * 16;
  const space = createSpace({
    values: i8(rows * width),
    scales: f32(rows),
    margins: f32(rows),
    x: i16(width),
    bounds: f32(BLOCK),
  });
  const { values, scales, margins, bounds } = space.arrays;
  const quantized: QuantizedRows = { values, size: width, scales, margins };
  quantizeRows(factors, quantized);
  const kernels = kernelsOn(space);
  return {
    offerBest: (x, best, divisors) => {
      const vector = quantizeVector(x, space.arrays.x);
      for (let from = 0; from < rows; from += BLOCK) {
        const to = Math.min(rows, from + BLOCK);
        kernels.quantizedBounds(from, to, quantized, vector, bounds);
        offerBlock(from, to, y, bounds, x, best, divisors);
      }
    },
  };
};

const offerBlock = (
  from: number,
  to: number,
  y: Float32Array,
  bounds: Float32Array,
  x: Float64Array,
  best: TopK,
  divisors: Float64Array | undefined,
): void => {
  const size = x.length;
  let floor = best.floor;
  for (let row = from; row < to; row++) {
    const divisor = divisors === undefined ? 1 : divisors[row]!;
    // Written so that the first k, while the floor is -Infinity, are taken whatever their bound.
    if (bounds[row - from]! <= floor * divisor) continue;
    const score = dotRow(y, row * size, x, size) / divisor;
    if (score > floor) floor = best.offer(row, score);
  }
};

const quantizeRows = ({ rows, cols, values: y }: Matrix, { values, size, scales, margins }: QuantizedRows): void => {
  const vectorError = Math.sqrt(cols) / (2 * MOST_WIDE);
  for (let row = 0; row < rows; row++) {
    const at = row * cols;
    let largest = 0;
    for (let k = 0; k < cols; k++) largest = Math.max(largest, Math.abs(y[at + k]!));
    if (largest === 0) continue;
    const scale = Math.fround(largest / MOST_BYTE);
    let errors = 0;
    let squares = 0;
    for (let k = 0; k < cols; k++) {
      const value = y[at + k]!;
      const whole = Math.max(-MOST_BYTE, Math.min(MOST_BYTE, Math.round(value / scale)));
      values[row * size + k] = whole;
      errors += (value - scale * whole) ** 2;
      squares += value * value;
    }
    scales[row] = scale;
    // |e|, what rounding x to 16 bits can add, and what the arithmetic can lose.
    margins[row] = Math.sqrt(errors) + (vectorError + ROUNDING) * (Math.sqrt(squares) + Math.sqrt(errors));
  }
};

const quantizeVector = (x: Float64Array, values: Int16Array) => {
  let largest = 0;
  let squares = 0;
  for (const value of x) {
    largest = Math.max(largest, Math.abs(value));
    squares += value * value;
  }
  const scale = largest === 0 ? 1 : Math.fround(largest / MOST_WIDE);
  for (let k = 0; k < x.length; k++) {
    values[k] = Math.max(-MOST_WIDE, Math.min(MOST_WIDE, Math.round(x[k]! / scale)));
  }
  return { values, scale, length: Math.sqrt(squares) };
};
