/** The uncertainty of an estimate that fits a model on the way. */

import type { Estimate } from '#domain';
import { type Rng, shuffle } from '#math';
import { groupJackknifeEstimate, type LevelOption } from '#stats';

/**
 * An estimate from the units at these places, ascending; undefined where they allow none. `group` is the one that was left
 * out, undefined for the whole: what is drawn to make the estimate is left out by the same groups, so that its noise counts.
 */
export type EstimateOf = (places: Uint32Array, group: number | undefined) => number | undefined;

/**
 * Delete-group jackknife [Kott2001]: units are put into groups at random, the whole estimate is made again without each
 * group, models and all, and the spread of these tells the standard error; t on groups − 1 degrees of freedom. Cheaper
 * than a bootstrap by far. Reasons: `too_few_units` for fewer units than groups, `no_overlap` where an estimate is
 * undefined. Cost: groups + 1 estimates. @throws {RangeError} for fewer than two groups.
 */
export const groupJackknife = (
  units: number,
  groups: number,
  estimateOf: EstimateOf,
  rng: Rng,
  options: LevelOption = {},
): Estimate => {
  if (!(Number.isInteger(groups) && groups >= 2)) throw new RangeError(`${groups} groups: expected at least 2`);
  if (units < groups) return { ok: false, reason: 'too_few_units' };
  const value = estimateOf(
    Uint32Array.from({ length: units }, (_, n) => n),
    undefined,
  );
  const groupOf = shuffle(
    Uint32Array.from({ length: units }, (_, n) => n % groups),
    rng,
  );
  const without: number[] = [];
  for (let group = 0; group < groups; group++) {
    const places = Array.from(groupOf, (of, n) => (of === group ? -1 : n)).filter((n) => n !== -1);
    const left = estimateOf(Uint32Array.from(places), group);
    if (left !== undefined) without.push(left);
  }
  if (value === undefined || without.length < groups) return { ok: false, reason: 'no_overlap' };
  return groupJackknifeEstimate(
    { value, without, n: units, method: `delete-group jackknife, ${groups} groups` },
    options,
  );
};
