/** The approximate index, for catalogues too large to be scanned: only the cells that point where the user does. */

import { createSpace, f32, type KernelPool, kernelsOn } from '#kernels';
import { type Matrix, type Rng, rowLengths, topK } from '#math';
import { gatherInCells } from './cells.ts';
import type { ItemIndex } from './item-index.ts';
import { createRangeScan, createScanSpace, type ScanSpace } from './quantized-scan.ts';

export interface CellOptions {
  /** Without it the square root of the number of items. */
  readonly cells?: number;
  /** Cells looked into for a user; all of them give what the exact scan gives. Without it a twentieth, at least 16. */
  readonly probes?: number;
}

/** Items in cells, as they are stored beside their vectors. Items of zeros are in none: they are like nothing. */
export interface ItemCells {
  /** cells × size, rows of length 1. */
  readonly centres: Matrix;
  /** Items: first the longest ones, the head, then cell after cell. */
  readonly order: Uint32Array;
  /** Where in `order` each cell begins, and the end; the head ends where the first cell begins. */
  readonly starts: Uint32Array;
  /** Length of the longest vector of each cell. */
  readonly longest: Float32Array;
  readonly probes: number;
}

/** Part of the items, the longest vectors, that is always scanned: they are among the best whatever the direction. */
const HEAD = 0.04;
const PROBED = 0.05;
const FEWEST_PROBES = 16;

/** Puts the items in cells: items^1.5 · size · 2 operations on the threads of the pool, and the same for any number of them. */
export const buildItemCells = async (
  factors: Matrix,
  rng: Rng,
  pool: KernelPool,
  options: CellOptions = {},
): Promise<ItemCells> => {
  const lengths = rowLengths(factors);
  const byLength = Uint32Array.from(lengths.keys())
    .filter((row) => lengths[row]! > 0)
    .sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const { cells = Math.ceil(Math.sqrt(byLength.length)) } = options;
  const head = Math.min(byLength.length - 1, Math.ceil(HEAD * byLength.length));
  const gathered = await gatherInCells(factors, byLength.slice(head).sort(), cells, rng.derive('cells'), pool);
  const { centres, order, starts } = gathered;
  byLength.set(order, head);
  const longest = Float32Array.from({ length: centres.rows }, (_, cell) =>
    order.subarray(starts[cell], starts[cell + 1]).reduce((most, row) => Math.max(most, lengths[row]!), 0),
  );
  const { probes = Math.max(FEWEST_PROBES, Math.ceil(centres.rows * PROBED)) } = options;
  return { centres, order: byLength, starts: starts.map((start) => head + start), longest, probes };
};

/**
 * An inverted file [Jegou2011] over exact vectors. The head is scanned for everyone; the other items are in cells, ranked by
 * (centre · x) · (length of their longest vector), of which the best `probes` are scanned. An item of another cell is missed,
 * whatever its product; docs/concepts/performance.md has the share that is found. Of equal scores the one in the better
 * cell may come first.
 */
export const createCellIndex = (
  factors: Matrix,
  cells: ItemCells,
  items: ScanSpace = createScanSpace(factors, cells.order),
): ItemIndex => {
  const size = factors.cols;
  const { centres, order, starts, longest, probes } = cells;
  const scan = createRangeScan(factors, items, order);
  const space = createSpace({ centres: f32(centres.values), x: f32(size), products: f32(centres.rows) });
  const { arrays } = space;
  const kernels = kernelsOn(space);
  return {
    retrieval: { method: 'cells', cells: centres.rows, probes: Math.min(probes, centres.rows) },
    offerBest: (x, best, divisors) => {
      arrays.x.set(x);
      kernels.dots(0, centres.rows, arrays.centres, size, arrays.x, arrays.products);
      // By cosine what is longest does not matter.
      const promise =
        divisors === undefined ? arrays.products.map((product, cell) => product * longest[cell]!) : arrays.products;
      scan.use(x);
      scan.offerRange(0, starts[0]!, best, divisors);
      for (const cell of topK(promise, probes)) scan.offerRange(starts[cell]!, starts[cell + 1]!, best, divisors);
    },
  };
};
