/** Vectors rounded to whole numbers, with what the rounding can hide. */

import type { QuantizedRows, QuantizedVector } from '#kernels';
import type { Matrix } from '#math';

const MOST_BYTE = 127;
const MOST_WIDE = 32_767;
/** What f32 arithmetic on the bounds themselves may lose, as a part of the lengths: some twenty roundings. */
const ROUNDING = 2e-6;

/** Bytes of a row of `size` numbers: kernels take sixteen at once. */
export const quantizedWidth = (size: number): number => Math.ceil(size / 16) * 16;

/**
 * Rounds each row to bytes: place n of `out` gets row order[n], or row n without an order. The margins are made so that
 * `quantizedBounds` is never below the true product.
 */
export const quantizeRows = (
  { rows, cols, values: y }: Matrix,
  { values, size, scales, margins }: QuantizedRows,
  order?: Uint32Array,
): void => {
  const vectorError = Math.sqrt(cols) / (2 * MOST_WIDE);
  for (let place = 0; place < (order?.length ?? rows); place++) {
    const at = (order === undefined ? place : order[place]!) * cols;
    let largest = 0;
    for (let k = 0; k < cols; k++) largest = Math.max(largest, Math.abs(y[at + k]!));
    if (largest === 0) continue;
    const scale = Math.fround(largest / MOST_BYTE);
    let errors = 0;
    let squares = 0;
    for (let k = 0; k < cols; k++) {
      const value = y[at + k]!;
      const whole = Math.max(-MOST_BYTE, Math.min(MOST_BYTE, Math.round(value / scale)));
      values[place * size + k] = whole;
      errors += (value - scale * whole) ** 2;
      squares += value * value;
    }
    scales[place] = scale;
    // |e|, what rounding x to 16 bits can add, and what the arithmetic can lose.
    margins[place] = Math.sqrt(errors) + (vectorError + ROUNDING) * (Math.sqrt(squares) + Math.sqrt(errors));
  }
};

/** Rounds x into `values`. */
export const quantizeVector = (x: Float64Array, values: Int16Array): QuantizedVector => {
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
