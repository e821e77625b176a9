/**
 * Uncertainty of what has no simple variance: the figure is made again without each group of users. Users are dealt into
 * groups by a hash, so events of one user never stand on both sides, whatever their dependence.
 */

import type { Estimate } from '#domain';
import { type LevelOption, studentEstimate } from '#stats';

/** Groups that users are dealt into; a t interval on 19 degrees of freedom when all hold somebody. */
export const USER_GROUPS = 20;
const FEWEST_GROUPS = 10;

/** Variance of delete-a-group jackknife [Kott2001]: (G − 1)/G · Σ (θ₍g₎ − θ̄)². Null below ten groups. */
export const jackknifeVariance = (without: readonly number[]): number | null => {
  const groups = without.length;
  if (groups < FEWEST_GROUPS) return null;
  const mean = without.reduce((sum, value) => sum + value, 0) / groups;
  return ((groups - 1) / groups) * without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};

/** The value with its jackknife interval; reason `few_groups` below ten. */
export const jackknifeEstimate = (
  value: number,
  without: readonly number[],
  n: number,
  options: LevelOption = {},
): Estimate => {
  const variance = jackknifeVariance(without);
  if (variance === null) return { ok: false, reason: 'few_groups' };
  const method = 'jackknife over groups of users, t interval';
  return studentEstimate({ value, variance, n, df: without.length - 1, method }, options);
};
