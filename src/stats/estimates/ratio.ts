import type { Estimate } from '#domain';
import type { PairMoments } from '../pair-moments.ts';
import type { LevelOption } from './level.ts';
import { studentEstimate } from './symmetric.ts';

/**
 * Variance of mean(y) / mean(x) over independent units by the delta method [Deng2018, eq. 2]:
 * (s²y - 2 R sxy + R² s²x) / (n x̄²). Units are what was randomized (listeners); numerator y and denominator x are sums
 * within a unit, so that their dependence inside it is kept.
 */
export const ratioVariance = (pairs: PairMoments): number => {
  const { n, meanX, varianceX, varianceY, covariance } = pairs;
  const ratio = pairs.meanY / meanX;
  return Math.max(0, varianceY - 2 * ratio * covariance + ratio * ratio * varianceX) / (n * meanX * meanX);
};

/**
 * Ratio of sums Σy / Σx over units (x the denominator) with the delta method and t on n - 1 degrees of freedom.
 * Reasons: `no_units`, `one_unit`, `zero_denominator`.
 */
export const ratioEstimate = (pairs: PairMoments, options: LevelOption = {}): Estimate => {
  const { n, meanX, meanY } = pairs;
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  if (meanX === 0) return { ok: false, reason: 'zero_denominator' };
  const method = 'ratio of sums, delta method';
  return studentEstimate({ value: meanY / meanX, variance: ratioVariance(pairs), n, df: n - 1, method }, options);
};
