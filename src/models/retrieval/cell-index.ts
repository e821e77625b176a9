/** The approximate index, for catalogues too large to be scanned: only the cells that point where the user does. */

import { createSpace, f32, kernelsOn } from '#kernels';
import type { Matrix, Rng } from '#math';
import { gatherInCells } from './cells.ts';
import type { ItemIndex } from './item-index.ts';
import { createRangeScan } from './quantized-scan.ts';

export interface CellIndexOptions {
  /** Without it the square root of the number of items. */
  readonly cells?: number;
  /** Cells looked into for a user; all of them give what the exact scan gives. Without it a tenth. */
  readonly probes?: number;
}

/** Part of the items, the longest vectors, that is always scanned: they are among the best whatever the direction. */
const HEAD = 0.1;

/**
 * An inverted file [Jegou2011] over exact vectors. The longest tenth of the items is scanned for everyone; the others are in
 * cells, ranked by (centre · x) · (length of their longest vector), of which the best `probes` are scanned. An item of another
 * cell is missed, whatever its product; docs/concepts/performance.md has the share that is found. Of equal scores the one in
 * the better cell may come first.
 */
export const createCellIndex = (factors: Matrix, rng: Rng, options: CellIndexOptions = {}): ItemIndex => {
  const { rows, cols: size } = factors;
  const lengths = lengthsOf(factors);
  const byLength = Uint32Array.from(lengths.keys()).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const head = Math.min(rows - 1, Math.ceil(HEAD * rows));
  const { cells = Math.ceil(Math.sqrt(rows)) } = options;
  const gathered = gatherInCells(factors, byLength.slice(head).sort(), cells, rng.derive('cells'));
  const { centres, order, starts } = gathered;
  const { probes = Math.ceil(centres.rows / 10) } = options;
  byLength.set(order, head);
  const scan = createRangeScan(factors, byLength);
  const longest = Float64Array.from({ length: centres.rows }, (_, cell) =>
    order.subarray(starts[cell], starts[cell + 1]).reduce((most, row) => Math.max(most, lengths[row]!), 0),
  );
  const space = createSpace({ centres: f32(centres.rows * size), x: f32(size), products: f32(centres.rows) });
  const { arrays } = space;
  arrays.centres.set(centres.values);
  const kernels = kernelsOn(space);
  return {
    offerBest: (x, best, divisors) => {
      arrays.x.set(x);
      kernels.dots(0, centres.rows, arrays.centres, size, arrays.x, arrays.products);
      const promise = (cell: number): number => arrays.products[cell]! * (divisors === undefined ? longest[cell]! : 1);
      const ranked = Uint32Array.from(longest.keys()).sort((a, b) => promise(b) - promise(a) || a - b);
      scan.use(x);
      scan.offerRange(0, head, best, divisors);
      for (const cell of ranked.subarray(0, probes)) {
        scan.offerRange(head + starts[cell]!, head + starts[cell + 1]!, best, divisors);
      }
    },
  };
};

const lengthsOf = ({ rows, cols, values }: Matrix): Float64Array => {
  const lengths = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let k = 0; k < cols; k++) squares += values[row * cols + k]! ** 2;
    lengths[row] = Math.sqrt(squares);
  }
  return lengths;
};
