/** Vectors rounded to whole numbers, with what the rounding can hide. */

import { type ArrayPlan, f32, kernelsOn, NOWHERE, type QuantizedVector, type Space, u32 } from '#kernels';
import { type Matrix, matrixRow } from '#math';

const MOST_WIDE = 32_767;
/** What f32 arithmetic on the bounds themselves may lose, as a part of the lengths: some twenty roundings. */
const ROUNDING = 2e-6;

/** Bytes of a row of `size` numbers: kernels take sixteen at once. */
export const quantizedWidth = (size: number): number => Math.ceil(size / 16) * 16;

/** Rows that are handed to the kernel at once: they stay in the second-level cache. */
const BATCH = 512;

/** Room for the next rows, as they come and where they go. */
export const batchRoom = (width: number) => ({ batch: f32(BATCH * width), places: u32(BATCH) });

/**
 * Rounds rows to bytes: place n gets row order[n], or row n without an order. The margins are made so that `quantizedBounds`
 * is never below the true product. Reads row after row, as they lie, and writes where they belong.
 */
export const quantizeRows = (factors: Matrix, space: Space<RowPlans>, order?: Uint32Array): void => {
  const { rows, cols, values: y } = factors;
  const { values, scales, margins, batch, places } = space.arrays;
  const size = batch.length / BATCH;
  const kernels = kernelsOn(space);
  // What rounding x to 16 bits can add, and what the arithmetic can lose.
  const slack = Math.sqrt(cols) / (2 * MOST_WIDE) + ROUNDING;
  const placeOf = order === undefined ? undefined : placesOf(order, rows);
  for (let from = 0; from < rows; from += BATCH) {
    const count = Math.min(BATCH, rows - from);
    // Behind rows of another width zeros are left.
    if (cols === size) batch.set(y.subarray(from * cols, (from + count) * cols));
    else for (let n = 0; n < count; n++) batch.set(matrixRow(factors, from + n), n * size);
    for (let n = 0; n < count; n++) places[n] = placeOf === undefined ? from + n : placeOf[from + n]!;
    kernels.roundRows(0, count, batch, places, slack, { values, size, scales, margins });
  }
};

type RowPlans = Readonly<
  Record<'values', ArrayPlan<'i8'>> &
    Record<'scales' | 'margins' | 'batch', ArrayPlan<'f32'>> &
    Record<'places', ArrayPlan<'u32'>>
>;

/** Of each row. */
const placesOf = (order: Uint32Array, rows: number): Uint32Array => {
  const places = new Uint32Array(rows).fill(NOWHERE);
  for (let place = 0; place < order.length; place++) places[order[place]!] = place;
  return places;
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
