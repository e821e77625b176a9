/** Finding the items whose vectors have the largest inner products with a user's, without working out most of them. */

import type { TopK } from '#math';

/**
 * How the best of many items are found. `exact` looks at every item; `cells` at those of some cells, so that an item of
 * another cell is missed; `rarer_features` at those that share a feature which no more than `mostItems` have, unless these are
 * too few.
 */
export type Retrieval =
  | { readonly method: 'exact' }
  | { readonly method: 'cells'; readonly cells: number; readonly probes: number }
  | { readonly method: 'rarer_features'; readonly mostItems: number };

export const EXACT: Retrieval = { method: 'exact' };

/** Vectors of items, made ready to be searched. */
export interface ItemIndex {
  readonly retrieval: Retrieval;
  /**
   * Offers `best` the product of x (F f64) with each item that may be above its floor, the bits of `dotRow`; divided by the
   * item's own number when `divisors` are given. An exact index leaves out only items that cannot be among the best.
   */
  offerBest(x: Float64Array, best: TopK, divisors?: Float64Array): void;
}

/** Inner product of row `at` of `factors` (F f32) and x (F f64), in f64: four sums, because additions of one wait for each other. */
export const dotRow = (factors: Float32Array, at: number, x: Float64Array, size: number): number => {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < size; k += 4) {
    s0 += factors[at + k]! * x[k]!;
    s1 += factors[at + k + 1]! * x[k + 1]!;
    s2 += factors[at + k + 2]! * x[k + 2]!;
    s3 += factors[at + k + 3]! * x[k + 3]!;
  }
  return s0 + s1 + (s2 + s3);
};
