/** The exact index: bounds of all products from a byte a number, then the products themselves for the few that matter. */

import { createSpace, f32, i8, i16, kernelsOn, type QuantizedRows } from '#kernels';
import type { Matrix, TopK } from '#math';
import { dotRow, EXACT, type ItemIndex } from './item-index.ts';
import { batchRoom, quantizedWidth, quantizeRows, quantizeVector } from './quantize.ts';

/** Rows whose bounds are worked out at once; they stay in the first-level cache, and the floor rises between blocks. */
const BLOCK = 2048;

/** Items rounded to bytes in memory of the kernels, ready to be scanned. */
export type ScanSpace = ReturnType<typeof createScanSpace>;

/** Place n holds row order[n], or row n without an order. 9 · rows · size operations. */
export const createScanSpace = (factors: Matrix, order?: Uint32Array) => {
  const rows = order?.length ?? factors.rows;
  const width = quantizedWidth(factors.cols);
  const space = createSpace({
    values: i8(rows * width),
    scales: f32(rows),
    margins: f32(rows),
    x: i16(width),
    bounds: f32(BLOCK),
    ...batchRoom(width),
  });
  quantizeRows(factors, space, order);
  return space;
};

/**
 * Scans every row. A row y is s·b + e with whole numbers b in a byte each, so y·x ≤ s·(b·x) + |e|·|x|, and that is all that
 * is read of nearly every row [after Teflioudi2015]: F + 8 bytes instead of 4F. The same bits as scoring every item.
 */
export const createQuantizedScan = (factors: Matrix, space = createScanSpace(factors)): ItemIndex => {
  const scan = createRangeScan(factors, space);
  return {
    retrieval: EXACT,
    offerBest: (x, best, divisors) => {
      scan.use(x);
      scan.offerRange(0, factors.rows, best, divisors);
    },
  };
};

/** Rows in memory of the kernels, in an order of the caller's. */
export interface RangeScan {
  /** The vector that is searched for from now on. */
  use(x: Float64Array): void;
  /** Offers the rows at places from … to - 1 that may be above the floor. */
  offerRange(from: number, to: number, best: TopK, divisors?: Float64Array): void;
}

/** `space` was made of these factors in this order. */
export const createRangeScan = (factors: Matrix, space: ScanSpace, order?: Uint32Array): RangeScan => {
  const { cols: size, values: y } = factors;
  const { values, scales, margins, bounds } = space.arrays;
  const quantized: QuantizedRows = { values, size: quantizedWidth(size), scales, margins };
  const kernels = kernelsOn(space);
  let x: Float64Array = new Float64Array(size);
  let vector = quantizeVector(x, space.arrays.x);

  const offerBlock = (from: number, to: number, best: TopK, divisors: Float64Array | undefined): void => {
    let floor = best.floor;
    for (let place = from; place < to; place++) {
      const row = order === undefined ? place : order[place]!;
      const divisor = divisors === undefined ? 1 : divisors[row]!;
      // Written so that the first k, while the floor is -Infinity, are taken whatever their bound.
      if (bounds[place - from]! <= floor * divisor) continue;
      const score = dotRow(y, row * size, x, size) / divisor;
      if (score > floor) floor = best.offer(row, score);
    }
  };

  return {
    use: (next) => {
      x = next;
      vector = quantizeVector(x, space.arrays.x);
    },
    offerRange: (from, to, best, divisors) => {
      for (let start = from; start < to; start += BLOCK) {
        const end = Math.min(to, start + BLOCK);
        kernels.quantizedBounds(start, end, quantized, vector, bounds);
        offerBlock(start, end, best, divisors);
      }
    },
  };
};
