/** How much two assessors agree, beyond what chance would make them agree. */

import type { Estimate } from '#domain';
import { normalEstimate } from '#stats';

/**
 * Cohen's κ of two lists of levels for the same things, with `weights` `quadratic` for levels that have an order: a
 * disagreement by two counts four times one by one; `none`: any disagreement is one [Cohen1968]. The interval is normal
 * with the large-sample variance [Fleiss1969]. 1: they always agree, 0: as chance would. `counts`, when given, says how often
 * each pair occurred. Reasons: `no_units`, `one_unit`; `no_variance` when both always gave the same one level, and when that
 * variance is 0, as where they agree throughout: how far they may still part cannot be told from it.
 * @throws {RangeError} when there are not as many of both.
 */
export const cohenKappa = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  weights: 'none' | 'quadratic' = 'none',
  counts?: ArrayLike<number>,
): Estimate => {
  if (a.length !== b.length) throw new RangeError(`${a.length} levels against ${b.length}: expected pairs`);
  const levels = [...new Set([...Array.from(a), ...Array.from(b)])].sort((x, y) => x - y);
  const table = levels.map(() => new Float64Array(levels.length));
  let n = 0;
  for (let pair = 0; pair < a.length; pair++) {
    const count = counts?.[pair] ?? 1;
    table[levels.indexOf(a[pair]!)]![levels.indexOf(b[pair]!)]! += count;
    n += count;
  }
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  if (levels.length === 1) return { ok: false, reason: 'no_variance' };
  const shares = table.map((row) => row.map((count) => count / n));
  const span = levels.at(-1)! - levels[0]!;
  const agreement = (i: number, j: number): number =>
    weights === 'none' ? (i === j ? 1 : 0) : 1 - ((levels[i]! - levels[j]!) / span) ** 2;
  return fromShares(shares, agreement, n, weights);
};

/** A variance of one pair below this is what sums of shares leave of 0. */
const ROUNDING = 1e-12;

const fromShares = (
  shares: readonly Float64Array[],
  agreement: (i: number, j: number) => number,
  n: number,
  weights: 'none' | 'quadratic',
): Estimate => {
  const rows = shares.map((row) => row.reduce((sum, share) => sum + share, 0));
  const columns = shares.map((_, j) => shares.reduce((sum, row) => sum + row[j]!, 0));
  const sumOver = (valueAt: (i: number, j: number) => number): number =>
    rows.reduce((total, _, i) => total + columns.reduce((sum, _, j) => sum + valueAt(i, j), 0), 0);
  const observed = sumOver((i, j) => agreement(i, j) * shares[i]![j]!);
  const expected = sumOver((i, j) => agreement(i, j) * rows[i]! * columns[j]!);
  const value = (observed - expected) / (1 - expected);
  // Mean agreement of each level of one assessor with the levels of the other.
  const ofRow = rows.map((_, i) => columns.reduce((sum, share, j) => sum + share * agreement(i, j), 0));
  const ofColumn = columns.map((_, j) => rows.reduce((sum, share, i) => sum + share * agreement(i, j), 0));
  const spread = sumOver((i, j) => shares[i]![j]! * (agreement(i, j) - (ofRow[i]! + ofColumn[j]!) * (1 - value)) ** 2);
  const ofOne = (spread - (value - expected * (1 - value)) ** 2) / (1 - expected) ** 2;
  if (ofOne < ROUNDING) return { ok: false, reason: 'no_variance' };
  const method = weights === 'none' ? 'Cohen kappa' : 'Cohen kappa, quadratic weights';
  return normalEstimate({ value, variance: ofOne / n, n, method });
};
