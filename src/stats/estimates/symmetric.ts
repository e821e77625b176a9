/** Intervals value ± quantile · standard error. */

import type { Estimate } from '#domain';
import { normal } from '../distributions/normal.ts';
import { studentT } from '../distributions/student-t.ts';
import { type LevelOption, levelOf } from './level.ts';

/** What a symmetric interval is made of. */
export interface ValueAndVariance {
  readonly value: number;
  /** Squared standard error of the value. */
  readonly variance: number;
  readonly n: number;
  readonly method: string;
}

/** value ± z·se. Reason `not_finite` when value or variance is not a finite number, or the variance is negative. */
export const normalEstimate = (of: ValueAndVariance, options: LevelOption = {}): Estimate =>
  symmetric(of, options, (p) => normal.quantile(p));

/** value ± t·se with `df` degrees of freedom, not necessarily whole. Reasons as `normalEstimate`. */
export const studentEstimate = (of: ValueAndVariance & { readonly df: number }, options: LevelOption = {}): Estimate =>
  symmetric(of, options, (p) => studentT.quantile(p, of.df));

const symmetric = (of: ValueAndVariance, options: LevelOption, quantileAt: (p: number) => number): Estimate => {
  const level = levelOf(options);
  const half = quantileAt((1 + level) / 2) * Math.sqrt(of.variance);
  if (!(Number.isFinite(of.value) && Number.isFinite(half))) return { ok: false, reason: 'not_finite' };
  const interval = { lower: of.value - half, upper: of.value + half };
  return { ok: true, value: of.value, interval, level, n: of.n, method: of.method };
};
