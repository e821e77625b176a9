/** Intervals around an off-policy estimate. */

import type { Estimate } from '#domain';
import type { Rng } from '#math';
import { boundedMeanEstimate, type LevelOption, levelOf, Moments, quantile, sorted, studentEstimate } from '#stats';
import { resampledSums } from './resample.ts';
import { influenceOf, type Parts, pointOf, type Terms } from './terms.ts';

export interface PolicyBootstrapOptions extends LevelOption {
  readonly resamples: number;
}

/** Resamples without any weight that are put up with: more, and the interval says nothing. */
const MOST_UNDEFINED = 0.01;

/**
 * Percentile intervals over resamples of rounds, the same resamples for all estimators, so that their differences are no
 * accident of the draws. The sum of weights of a self-normalised estimator is resampled with the rest. Rounds, or their
 * groups, must be independent. Reasons: `one_unit`, `no_overlap` when no round has weight, `undefined_in_resamples` when more than 1 %
 * of the resamples have none, `no_variance` when all resamples give the same: an interval of no width would claim to know
 * it. O(resamples · rounds · estimators).
 */
export const policyBootstraps = (
  all: readonly Parts[],
  rng: Rng,
  options: PolicyBootstrapOptions,
): readonly Estimate[] => {
  const arrays = all.map((parts) => parts.flatMap(arraysOf));
  const sums = resampledSums(arrays.flat(), options.resamples, rng);
  const width = arrays.reduce((total, own) => total + own.length, 0);
  let from = 0;
  return all.map((parts, place) => {
    const estimate = bootstrapOf(parts, { sums, width, from }, options);
    from += arrays[place]!.length;
    return estimate;
  });
};

/** In the order in which `replicatesOf` reads their sums. */
const arraysOf = ({ values, weights, base, counts }: Terms): readonly Float64Array[] =>
  [values, weights, base, counts].filter((array) => array !== undefined);

/** Sums of resamples: `width` a resample, those of these parts starting at `from`. */
interface Resampled {
  readonly sums: Float64Array;
  readonly width: number;
  readonly from: number;
}

const bootstrapOf = (parts: Parts, resampled: Resampled, options: PolicyBootstrapOptions): Estimate => {
  const level = levelOf(options);
  const value = pointOf(parts);
  const { n, units } = sizeOf(parts);
  if (value === undefined) return { ok: false, reason: 'no_overlap' };
  if (units === 1) return { ok: false, reason: 'one_unit' };
  const replicates = replicatesOf(parts, resampled);
  if (replicates.length < (1 - MOST_UNDEFINED) * options.resamples) {
    return { ok: false, reason: 'undefined_in_resamples' };
  }
  if (replicates[0] === replicates.at(-1)) return { ok: false, reason: 'no_variance' };
  const interval = {
    lower: quantile(replicates, (1 - level) / 2),
    upper: quantile(replicates, (1 + level) / 2),
  };
  const of = units === n ? 'bootstrap' : `bootstrap of ${units} groups`;
  const method = `${of}, percentile interval, ${options.resamples} resamples`;
  return { ok: true, value, interval, level, n, method };
};

/** Rounds, and what is taken for independent: rounds or groups of them. */
const sizeOf = ([first]: Parts): { readonly n: number; readonly units: number } => ({
  n: first?.size ?? 0,
  units: first?.values.length ?? 0,
});

/** Ascending; those without any weight in one of the parts are left out. */
const replicatesOf = (parts: Parts, { sums, width, from }: Resampled): Float64Array => {
  const replicates: number[] = [];
  for (let row = from; row < sums.length; row += width) {
    let at = row;
    let replicate = 0;
    for (const { size, weights, base, counts } of parts) {
      const sum = sums[at++]!;
      const weight = weights && sums[at++]!;
      const added = base && sums[at++]!;
      const count = counts === undefined ? size : sums[at++]!;
      // 0 / 0 where no drawn round has weight.
      replicate += sum / (weight ?? count) + (added ?? 0) / count;
    }
    if (Number.isFinite(replicate)) replicates.push(replicate);
  }
  return sorted(replicates);
};

/**
 * Interval from the variance of the influences, t on n − 1 degrees of freedom: for a mean the usual one, for the
 * self-normalised the delta method [Owen2013, section 9.2]. Reasons: `one_unit`, `no_overlap`,
 * `no_variance`.
 */
export const policyDelta = (parts: Parts, options: LevelOption): Estimate => {
  const value = pointOf(parts);
  const influence = influenceOf(parts);
  const { n, units } = sizeOf(parts);
  if (value === undefined || influence === undefined) return { ok: false, reason: 'no_overlap' };
  if (units === 1) return { ok: false, reason: 'one_unit' };
  const moments = Moments.of(influence);
  if (moments.meanVariance === 0) return { ok: false, reason: 'no_variance' };
  const selfNormalised = parts.some(({ weights }) => weights !== undefined);
  const kind = !selfNormalised ? 'mean, t interval' : 'self-normalised, delta method';
  const method = units === n ? kind : `${kind}, ${units} groups`;
  return studentEstimate({ value, variance: moments.meanVariance, n, df: units - 1, method }, options);
};

/**
 * Empirical Bernstein interval [Maurer2009] of a mean whose terms are known to lie in `range`: it holds at every n, so it
 * is wide. Reasons: `self_normalised` (such an estimate is no mean), `range_unknown` where no bound on weights or rewards
 * is known beforehand, and those of `boundedMeanEstimate`.
 */
export const policyBernstein = (
  terms: Terms,
  range: readonly [lower: number, upper: number] | undefined,
  options: LevelOption,
): Estimate => {
  if (terms.weights !== undefined) return { ok: false, reason: 'self_normalised' };
  if (range === undefined) return { ok: false, reason: 'range_unknown' };
  return boundedMeanEstimate(terms.values, { ...options, range });
};
