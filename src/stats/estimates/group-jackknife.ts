/** The uncertainty of what has no simple variance: the figure is made again without each group of units. */

import type { Estimate } from '#domain';
import { Moments } from '../moments.ts';
import type { LevelOption } from './level.ts';
import { studentEstimate } from './symmetric.ts';

/**
 * Variance of the delete-group jackknife [Kott2001]: (G − 1)/G · Σ (θ₍g₎ − θ̄)², θ₍g₎ the figure without group g. Units
 * that depend on each other belong into one group. @throws {RangeError} for fewer than two groups.
 */
export const groupJackknifeVariance = (without: readonly number[]): number => {
  const groups = without.length;
  if (groups < 2) throw new RangeError(`${groups} groups: expected at least 2`);
  return ((groups - 1) / groups) * Moments.of(without).squares;
};

/** The value with its interval, t on groups − 1 degrees of freedom. Reasons as `studentEstimate`. */
export const groupJackknifeEstimate = (
  { value, without, n, method }: Jackknifed,
  options: LevelOption = {},
): Estimate =>
  studentEstimate({ value, variance: groupJackknifeVariance(without), n, df: without.length - 1, method }, options);

export interface Jackknifed {
  readonly value: number;
  /** The value without each group. */
  readonly without: readonly number[];
  readonly n: number;
  readonly method: string;
}
