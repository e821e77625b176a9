/** What an estimator adds up, round by round. */

import { EngineError } from '#domain';
import { compensatedSum } from '#stats';
import type { PolicyEstimator } from './estimators.ts';
import type { PolicyRounds } from './rounds.ts';

/**
 * Summands by round, or by group of rounds. Without `weights` the estimate is the mean of `values`; with them it is
 * mean(base) + Σ values / Σ weights.
 */
export interface Terms {
  /** Rounds. */
  readonly size: number;
  /** base + u·d, or u·d alone when self-normalised. */
  readonly values: Float64Array;
  /** u, when self-normalised. */
  readonly weights: Float64Array | undefined;
  /** base, when self-normalised and with a model. */
  readonly base: Float64Array | undefined;
  /** Rounds of each group, where the arrays are sums over groups. */
  readonly counts?: Float64Array;
}

/** @throws {EngineError} invalid_data when the estimator needs a reward model and the rounds have no predictions. */
export const termsOf = (estimator: PolicyEstimator, rounds: PolicyRounds, parameter: number): Terms => {
  const { size, rewards, predictions } = rounds;
  if (estimator.needs !== 'weights' && predictions === undefined) {
    throw new EngineError('invalid_data', `${estimator.name} needs predictions of a reward model`);
  }
  const model = estimator.needs === 'weights' ? undefined : predictions;
  const weights = rounds.weights.map((weight) => estimator.weigh(weight, parameter));
  const values = new Float64Array(size);
  for (let n = 0; n < size; n++) {
    const difference = model === undefined ? rewards[n]! : rewards[n]! - model.logged[n]!;
    const base = model === undefined || estimator.selfNormalised ? 0 : model.expected[n]!;
    values[n] = base + weights[n]! * difference;
  }
  return estimator.selfNormalised
    ? { size, values, weights, base: model?.expected }
    : { size, values, weights: undefined, base: undefined };
};

/** An estimate that is a sum of such terms, one a slot of a slate for instance; all are of the same rounds. */
export type Parts = readonly Terms[];

/**
 * The same estimate with its summands added up by group, so that groups and not rounds are taken for independent. `groups`
 * has the group of each round, from 0, none empty.
 */
export const byGroup = (parts: Parts, groups: Uint32Array): Parts => {
  const size = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const added = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(size);
    for (let n = 0; n < values.length; n++) sums[groups[n]!]! += values[n]!;
    return sums;
  };
  const counts = added(new Float64Array(groups.length).fill(1));
  return parts.map((terms) => ({
    size: terms.size,
    values: added(terms.values),
    weights: terms.weights && added(terms.weights),
    base: terms.base && added(terms.base),
    counts,
  }));
};

/** The estimate; undefined when a part is self-normalised and no round has weight in it. */
export const pointOf = (parts: Parts): number | undefined => {
  const points = parts.map(pointOfPart);
  return points.some((point) => point === undefined) ? undefined : compensatedSum(points.map((point) => point ?? 0));
};

const pointOfPart = (terms: Terms): number | undefined => {
  const sum = compensatedSum(terms.values);
  if (terms.weights === undefined) return sum / terms.size;
  const weight = compensatedSum(terms.weights);
  if (weight === 0) return undefined;
  return (terms.base === undefined ? 0 : compensatedSum(terms.base) / terms.size) + sum / weight;
};

/**
 * Influence of each round, or group, on the estimate: its mean is the estimate, its variance over their number that of the
 * estimate, to first order (the delta method for ratios). Undefined as `pointOf`.
 */
export const influenceOf = (parts: Parts): Float64Array | undefined => {
  const influences = parts.map(influenceOfPart);
  const sum = new Float64Array(parts[0]?.values.length ?? 0);
  for (const influence of influences) {
    if (influence === undefined) return undefined;
    for (let n = 0; n < sum.length; n++) sum[n]! += influence[n]!;
  }
  return sum;
};

const influenceOfPart = ({ values, weights, base, counts }: Terms): Float64Array | undefined => {
  if (weights === undefined) return counts === undefined ? values : influenceOfRatio(values, counts);
  const ratio = influenceOfRatio(values, weights);
  if (ratio === undefined || base === undefined) return ratio;
  const mean = counts === undefined ? base : influenceOfRatio(base, counts);
  return mean && ratio.map((own, n) => own + mean[n]!);
};

/** Of Σ values / Σ weights: R + (v − R·w) / w̄. Undefined without weight. */
const influenceOfRatio = (values: Float64Array, weights: Float64Array): Float64Array | undefined => {
  const mean = compensatedSum(weights) / weights.length;
  if (mean === 0) return undefined;
  const ratio = compensatedSum(values) / values.length / mean;
  return values.map((value, n) => ratio + (value - ratio * weights[n]!) / mean);
};
