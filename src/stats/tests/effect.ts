/** Differences between two estimates that are independent, whatever they estimate: means, ratios, quantiles. */

import type { Estimate } from '#domain';
import { studentT } from '../distributions/student-t.ts';
import type { LevelOption } from '../estimates/level.ts';
import { studentEstimate } from '../estimates/symmetric.ts';
import type { TestResult } from './test-result.ts';

/** A value with its squared standard error: of one arm, or of a difference. */
export interface Effect {
  readonly value: number;
  readonly variance: number;
  /** Degrees of freedom of the variance, > 0, not necessarily whole. */
  readonly df: number;
  readonly n: number;
}

/** One of two estimates minus the other, degrees of freedom by Welch and Satterthwaite [Welch1947]. */
export const difference = (of: Effect, against: Effect): Effect => {
  const variance = of.variance + against.variance;
  const shares = of.variance ** 2 / of.df + against.variance ** 2 / against.df;
  // Without variance there is nothing to divide; the smaller side is the careful answer.
  const df = shares > 0 ? variance ** 2 / shares : Math.min(of.df, against.df);
  return { value: of.value - against.value, variance, df, n: of.n + against.n };
};

/**
 * One of two estimates over the other, minus one: 0.05 is 5 % more. Variance by the delta method [Deng2018], good while
 * the base lies several of its standard errors away from 0; undefined (not finite) for a base of 0.
 */
export const relativeDifference = (of: Effect, against: Effect): Effect => {
  const ratio = of.value / against.value;
  const base = against.value ** 2;
  const parts = { of: of.variance / base, against: (ratio ** 2 * against.variance) / base };
  const variance = parts.of + parts.against;
  const shares = parts.of ** 2 / of.df + parts.against ** 2 / against.df;
  const df = shares > 0 ? variance ** 2 / shares : Math.min(of.df, against.df);
  return { value: ratio - 1, variance, df, n: of.n + against.n };
};

/** value ± t·se. Reason `not_finite` when value or variance is none. */
export const effectEstimate = (effect: Effect, method: string, options: LevelOption = {}): Estimate =>
  studentEstimate({ ...effect, method }, options);

export type Alternative = 'two-sided' | 'greater' | 'less';

/**
 * Student's test that the value is `null` (0 unless given). Reasons: `not_finite`; `no_variance` when nothing varies, so
 * that any difference would be infinitely significant.
 */
export const effectTest = (effect: Effect, alternative: Alternative = 'two-sided', nullValue = 0): TestResult => {
  if (!(Number.isFinite(effect.value) && Number.isFinite(effect.variance))) return { ok: false, reason: 'not_finite' };
  if (effect.variance <= 0) return { ok: false, reason: 'no_variance' };
  const statistic = (effect.value - nullValue) / Math.sqrt(effect.variance);
  return { ok: true, statistic, pValue: pValueOf(statistic, effect.df, alternative), method: 'Welch t test' };
};

const pValueOf = (statistic: number, df: number, alternative: Alternative): number => {
  switch (alternative) {
    case 'greater':
      return studentT.tail(statistic, df);
    case 'less':
      return studentT.cdf(statistic, df);
    case 'two-sided':
      return Math.min(1, 2 * studentT.tail(Math.abs(statistic), df));
  }
};
