/**
 * Uncertainty of what has no simple variance: the figure is made again without each group of users. Users are dealt into
 * groups by a hash, so events of one user never stand on both sides, whatever their dependence.
 */

import type { Estimate } from '#domain';
import { groupJackknifeEstimate, groupJackknifeVariance, type LevelOption } from '#stats';

/** Groups that users are dealt into; a t interval on 19 degrees of freedom when all hold somebody. */
export const USER_GROUPS = 20;
const FEWEST_GROUPS = 10;

/** Variance of the delete-group jackknife. Null below ten groups. */
export const jackknifeVariance = (without: readonly number[]): number | null =>
  without.length < FEWEST_GROUPS ? null : groupJackknifeVariance(without);

/** The value with its jackknife interval; reason `few_groups` below ten. */
export const jackknifeEstimate = (
  value: number,
  without: readonly number[],
  n: number,
  options: LevelOption = {},
): Estimate => {
  if (without.length < FEWEST_GROUPS) return { ok: false, reason: 'few_groups' };
  return groupJackknifeEstimate({ value, without, n, method: 'jackknife over groups of users, t interval' }, options);
};
