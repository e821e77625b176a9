import type { Estimate } from '#domain';
import { normal } from '../distributions/normal.ts';
import { type LevelOption, levelOf } from '../estimates/level.ts';
import { proportionEstimate } from '../estimates/proportion.ts';
import type { TestResult } from './test-result.ts';

/** Successes among n. */
export interface Count {
  readonly successes: number;
  readonly n: number;
}

/**
 * p₁ - p₀ with Newcombe's interval of two Wilson scores [Newcombe1998, method 10]: never beyond [-1, 1], near its level
 * in small samples. Reason: `no_units` when either side is empty.
 */
export const proportionDifference = (of: Count, against: Count, options: LevelOption = {}): Estimate => {
  const level = levelOf(options);
  const one = proportionEstimate(of.successes, of.n, options);
  const zero = proportionEstimate(against.successes, against.n, options);
  if (!(one.ok && zero.ok)) return { ok: false, reason: 'no_units' };
  const value = one.value - zero.value;
  const interval = {
    lower: value - Math.hypot(one.value - one.interval.lower, zero.interval.upper - zero.value),
    upper: value + Math.hypot(one.interval.upper - one.value, zero.value - zero.interval.lower),
  };
  return {
    ok: true,
    value,
    interval,
    level,
    n: of.n + against.n,
    method: 'difference of proportions, Newcombe interval',
  };
};

/** z test that both shares are one, variance pooled. Reasons: `no_units`; `no_variance` when all or none succeeded. */
export const proportionTest = (of: Count, against: Count): TestResult => {
  if (of.n === 0 || against.n === 0) return { ok: false, reason: 'no_units' };
  const pooled = (of.successes + against.successes) / (of.n + against.n);
  const variance = pooled * (1 - pooled) * (1 / of.n + 1 / against.n);
  if (variance <= 0) return { ok: false, reason: 'no_variance' };
  const statistic = (of.successes / of.n - against.successes / against.n) / Math.sqrt(variance);
  return { ok: true, statistic, pValue: 2 * normal.tail(Math.abs(statistic)), method: 'z test of two proportions' };
};
