/** Values with heavy tails, tamed by a rule that was declared before they were seen. */

import { quantile, sorted } from '../quantile.ts';

/**
 * The cap that winsorizing at quantile `q` puts on values: that quantile of all of them, whatever the arm, so that the arms
 * are cut alike. Values above it count as the cap. NaN for no values.
 */
export const winsorCap = (values: Iterable<number>, q: number): number => quantile(sorted(values), q);

/** A trimmed mean with what its variance rests on. */
export interface TrimmedMean {
  readonly mean: number;
  /** Values winsorized at the two cuts: their variance over (1 - 2·share)² n is that of the mean [Tukey1963]. */
  readonly variance: number;
  /** Values kept. */
  readonly kept: number;
}

/**
 * Mean without the `share` of lowest and highest values, `share` in [0, 0.5), with the variance of [Tukey1963] (Yuen's
 * test compares two of them, with kept - 1 degrees of freedom each). It estimates the trimmed mean of the population, not
 * its mean: on skewed values that differs, and the difference is no matter of sample size. Undefined for fewer than two
 * kept values.
 */
export const trimmedMean = (values: Iterable<number>, share: number): TrimmedMean | undefined => {
  if (!(share >= 0 && share < 0.5)) throw new RangeError(`share ${share} trimmed: expected a number from 0 below 0.5`);
  const ascending = sorted(values);
  const n = ascending.length;
  const cut = Math.floor(share * n);
  const kept = n - 2 * cut;
  if (kept < 2) return undefined;
  let sum = 0;
  for (let i = cut; i < n - cut; i++) sum += ascending[i]!;
  const low = ascending[cut]!;
  const high = ascending[n - cut - 1]!;
  const winsorized = (sum + cut * (low + high)) / n;
  let squares = cut * ((low - winsorized) ** 2 + (high - winsorized) ** 2);
  for (let i = cut; i < n - cut; i++) squares += (ascending[i]! - winsorized) ** 2;
  return { mean: sum / kept, variance: squares / (kept * (kept - 1)), kept };
};
