/** Vectors rounded to whole numbers, with what the rounding can hide. */

import type { QuantizedRows, QuantizedVector } from '#kernels';
import type { Matrix } from '#math';

const MOST_BYTE = 127;
const MOST_WIDE = 32_767;
/** Below it f32 has fewer than its seven digits, once divided by `MOST_BYTE`. */
const SMALLEST = 1e-35;
/** What f32 arithmetic on the bounds themselves may lose, as a part of the lengths: some twenty roundings. */
const ROUNDING = 2e-6;
/** The place of a row that has none. */
const NOWHERE = 0xffff_ffff;

/** Bytes of a row of `size` numbers: kernels take sixteen at once. */
export const quantizedWidth = (size: number): number => Math.ceil(size / 16) * 16;

/**
 * Rounds rows of these `lengths` to bytes: place n gets row order[n], or row n without an order. The margins are made so
 * that `quantizedBounds` is never below the true product. Reads row after row, as they lie, and writes where they belong.
 */
export const quantizeRows = (
  { rows, cols, values: y }: Matrix,
  lengths: Float64Array,
  { values, size, scales, margins }: QuantizedRows,
  order?: Uint32Array,
): void => {
  const vectorError = Math.sqrt(cols) / (2 * MOST_WIDE);
  const placeOf = order === undefined ? undefined : placesOf(order, rows);
  for (let row = 0; row < rows; row++) {
    const place = placeOf === undefined ? row : placeOf[row]!;
    if (place === NOWHERE) continue;
    const at = row * cols;
    const largest = largestOf(y, at, cols);
    if (largest === 0) continue;
    // Of a row so small that its scale would lose digits nothing is kept but the margin.
    const scale = largest < SMALLEST ? 0 : Math.fround(largest / MOST_BYTE);
    const length = lengths[row]!;
    const error = Math.sqrt(roundRow(y, at, cols, scale, values, place * size));
    scales[place] = scale;
    // |e|, what rounding x to 16 bits can add, and what the arithmetic can lose.
    margins[place] = error + (vectorError + ROUNDING) * (length + error);
  }
};

/** Of each row. */
const placesOf = (order: Uint32Array, rows: number): Uint32Array => {
  const places = new Uint32Array(rows).fill(NOWHERE);
  for (let place = 0; place < order.length; place++) places[order[place]!] = place;
  return places;
};

const largestOf = (y: Float32Array, at: number, cols: number): number => {
  let largest = 0;
  for (let k = at; k < at + cols; k++) {
    const magnitude = y[k]! < 0 ? -y[k]! : y[k]!;
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
};

/**
 * Writes the whole numbers from place `to` on; returns the sum of squares of what is left over. No number comes out beyond
 * `MOST_BYTE`: the scale is that of the largest to seven digits.
 */
const roundRow = (y: Float32Array, at: number, cols: number, scale: number, values: Int8Array, to: number): number => {
  const inverse = scale === 0 ? 0 : 1 / scale;
  let errors = 0;
  for (let k = 0; k < cols; k++) {
    const value = y[at + k]!;
    const whole = Math.floor(value * inverse + 0.5);
    values[to + k] = whole;
    const error = value - scale * whole;
    errors += error * error;
  }
  return errors;
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
