import type { Estimate } from '#domain';
import type { WeightedMoments } from '../weighted-moments.ts';
import type { LevelOption } from './level.ts';
import { studentEstimate } from './symmetric.ts';

/**
 * Weighted mean with a t interval on effective degrees of freedom (Kish's n minus one): weights that pile up on few
 * values widen it. Reasons: `no_units`, `one_unit`; `one_effective_unit` when one weight drowns the rest.
 */
export const weightedMeanEstimate = (moments: WeightedMoments, options: LevelOption = {}): Estimate => {
  const { n, mean, meanVariance, effectiveN } = moments;
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  const df = effectiveN - 1;
  if (df < 0.5) return { ok: false, reason: 'one_effective_unit' };
  return studentEstimate({ value: mean, variance: meanVariance, n, df, method: 'weighted mean, t interval' }, options);
};
