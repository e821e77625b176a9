/** Intervals around an off-policy estimate. */

import type { Estimate } from '#domain';
import type { Rng } from '#math';
import { boundedMeanEstimate, type LevelOption, levelOf, Moments, quantile, sorted, studentEstimate } from '#stats';
import { resampledSums } from './resample.ts';
import { influenceOf, pointOf, type Terms } from './terms.ts';

export interface PolicyBootstrapOptions extends LevelOption {
  readonly resamples: number;
}

/** Resamples without any weight that are put up with: more, and the interval says nothing. */
const MOST_UNDEFINED = 0.01;

/**
 * Percentile intervals over resamples of rounds, the same resamples for all estimators, so that their differences are no
 * accident of the draws. The sum of weights of a self-normalised estimator is resampled with the rest. Rounds must be
 * independent. Reasons: `one_unit`, `no_overlap` when no round has weight, `undefined_in_resamples` when more than 1 %
 * of the resamples have none. O(resamples · rounds · estimators).
 */
export const policyBootstraps = (
  all: readonly Terms[],
  rng: Rng,
  options: PolicyBootstrapOptions,
): readonly Estimate[] => {
  const arrays = all.map(arraysOf);
  const sums = resampledSums(arrays.flat(), options.resamples, rng);
  const width = arrays.reduce((total, own) => total + own.length, 0);
  let from = 0;
  return all.map((terms, place) => {
    const estimate = bootstrapOf(terms, { sums, width, from }, options);
    from += arrays[place]!.length;
    return estimate;
  });
};

/** In the order in which `replicatesOf` reads their sums. */
const arraysOf = ({ values, weights, base }: Terms): readonly Float64Array[] =>
  [values, weights, base].filter((array) => array !== undefined);

/** Sums of resamples: `width` a resample, those of these terms starting at `from`. */
interface ResampledTerms {
  readonly sums: Float64Array;
  readonly width: number;
  readonly from: number;
}

const bootstrapOf = (terms: Terms, resampled: ResampledTerms, options: PolicyBootstrapOptions): Estimate => {
  const level = levelOf(options);
  const value = pointOf(terms);
  if (value === undefined) return { ok: false, reason: 'no_overlap' };
  if (terms.size === 1) return { ok: false, reason: 'one_unit' };
  const replicates = replicatesOf(terms, resampled);
  if (replicates.length < (1 - MOST_UNDEFINED) * options.resamples) {
    return { ok: false, reason: 'undefined_in_resamples' };
  }
  const interval = {
    lower: quantile(replicates, (1 - level) / 2),
    upper: quantile(replicates, (1 + level) / 2),
  };
  const method = `bootstrap, percentile interval, ${options.resamples} resamples`;
  return { ok: true, value, interval, level, n: terms.size, method };
};

/** Ascending. */
const replicatesOf = ({ size, weights, base }: Terms, { sums, width, from }: ResampledTerms): Float64Array => {
  const replicates: number[] = [];
  for (let at = from; at < sums.length; at += width) {
    if (weights === undefined) {
      replicates.push(sums[at]! / size);
    } else if (sums[at + 1] !== 0) {
      replicates.push(sums[at]! / sums[at + 1]! + (base === undefined ? 0 : sums[at + 2]! / size));
    }
  }
  return sorted(replicates);
};

/**
 * Interval from the variance of the influences, t on n − 1 degrees of freedom: for a mean the usual one, for the
 * self-normalised the delta method [Owen2013, section 9.2]. Reasons: `one_unit`, `no_overlap`.
 */
export const policyDelta = (terms: Terms, options: LevelOption): Estimate => {
  const value = pointOf(terms);
  const influence = influenceOf(terms);
  if (value === undefined || influence === undefined) return { ok: false, reason: 'no_overlap' };
  if (terms.size === 1) return { ok: false, reason: 'one_unit' };
  const moments = Moments.of(influence);
  const method = terms.weights === undefined ? 'mean, t interval' : 'self-normalised, delta method';
  return studentEstimate({ value, variance: moments.meanVariance, n: terms.size, df: terms.size - 1, method }, options);
};

/**
 * Empirical Bernstein interval [Maurer2009] of a mean whose terms are known to lie in `range`: it holds at every n, so it
 * is wide. Reasons: `self_normalised` (such an estimate is no mean), `range_unknown`, and those of `boundedMeanEstimate`.
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
