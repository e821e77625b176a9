/** Intervals and p-values that may be looked at whenever and as often as one likes. */

import type { Estimate } from '#domain';
import { type LevelOption, levelOf } from '../estimates/level.ts';
import type { Effect } from '../tests/effect.ts';
import type { TestResult } from '../tests/test-result.ts';

/**
 * Variance of the mixing normal distribution that makes the sequence narrowest when the squared standard error of the
 * effect has come down to `variance` [WaudbySmith2024, appendix B.2, its closed approximation]. Any positive value is
 * valid; it must be fixed before the data are seen.
 */
export const mixtureVariance = (variance: number, alpha: number): number => {
  const log = -2 * Math.log(alpha);
  return variance * (log + Math.log(1 + log));
};

/**
 * Confidence sequence of an effect by the normal mixture [Robbins1970; WaudbySmith2024, theorem 2.2]: value ±
 * √(V (V + τ²) / τ² · ln((V + τ²) / (V α²))), V the squared standard error, τ² the mixture's variance. With chance at least
 * the level it holds the truth at all times at once, from some hundred units an arm on (the central limit must have set
 * in by the first look). It is wider than a fixed interval by some 55 % where it is tuned to. Reason: `not_finite`.
 */
export const mixtureEstimate = (effect: Effect, tau2: number, options: LevelOption = {}): Estimate => {
  const level = levelOf(options);
  const { value, variance, n } = effect;
  const half = Math.sqrt(
    ((variance * (variance + tau2)) / tau2) * Math.log((variance + tau2) / (variance * (1 - level) ** 2)),
  );
  if (!(Number.isFinite(value) && Number.isFinite(half))) return { ok: false, reason: 'not_finite' };
  return {
    ok: true,
    value,
    interval: { lower: value - half, upper: value + half },
    level,
    n,
    method: 'confidence sequence, normal mixture',
  };
};

/**
 * Always-valid p-value of one look: the inverse of the mixture likelihood ratio [Johari2022]. The smallest of all looks so
 * far is a p-value, too. Reasons: `not_finite`, `no_variance`.
 */
export const mixtureTest = (effect: Effect, tau2: number, nullValue = 0): TestResult => {
  const { variance } = effect;
  const away = effect.value - nullValue;
  if (!(Number.isFinite(away) && Number.isFinite(variance))) return { ok: false, reason: 'not_finite' };
  if (variance <= 0) return { ok: false, reason: 'no_variance' };
  const log = 0.5 * Math.log(variance / (variance + tau2)) + (away * away * tau2) / (2 * variance * (variance + tau2));
  return {
    ok: true,
    statistic: Math.exp(log),
    pValue: Math.min(1, Math.exp(-log)),
    method: 'mixture ratio, always valid',
  };
};
