import type { Estimate } from '#domain';
import { Moments } from '../moments.ts';
import type { LevelOption } from './level.ts';
import { studentEstimate } from './symmetric.ts';

/**
 * Mean of independent values with Student's interval mean ± t·s/√n, n - 1 degrees of freedom. Takes the values or their
 * moments. Reasons: `no_units` without a value, `one_unit` with one, whose variance is unknown.
 */
export const meanEstimate = (values: Iterable<number> | Moments, options: LevelOption = {}): Estimate => {
  const moments = values instanceof Moments ? values : Moments.of(values);
  const { n, mean, meanVariance } = moments;
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  return studentEstimate({ value: mean, variance: meanVariance, n, df: n - 1, method: 'mean, t interval' }, options);
};
