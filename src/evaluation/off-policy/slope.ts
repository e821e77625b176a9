/** Tuning by SLOPE: Lepski's principle for off-policy estimators. */

import { Moments, studentT } from '#stats';
import type { PolicyEstimator } from './estimators.ts';
import type { PolicyRounds } from './rounds.ts';
import { influenceOf, pointOf, termsOf } from './terms.ts';

export interface Tuned {
  readonly parameter: number;
  /** Every value of the grid with its estimate and half-width, widest first. */
  readonly tried: readonly Candidate[];
}

export interface Candidate {
  readonly parameter: number;
  readonly value: number;
  /** Half-width of a one-sided interval, t. */
  readonly halfWidth: number;
}

const ACCEPTS: number = Math.sqrt(6) - 1;

/**
 * The parameter of least variance whose estimate still agrees with all of greater variance, and hence less bias
 * [Su2020b]: going from wide to narrow, |v_i − v_j| ≤ c_i + (√6 − 1)·c_j must hold for every j before i. `confidence` is
 * that of each one-sided t interval. Undefined when no value of the grid gives an estimate.
 */
export const tuneBySlope = (
  estimator: PolicyEstimator,
  rounds: PolicyRounds,
  grid: readonly number[],
  confidence = 0.9,
): Tuned | undefined => {
  const candidates = grid
    .flatMap((parameter) => candidateOf(estimator, rounds, parameter, confidence) ?? [])
    .toSorted((a, b) => b.halfWidth - a.halfWidth);
  const best = chooseBySlope(candidates);
  return best === undefined ? undefined : { parameter: best.parameter, tried: candidates };
};

/** As `tuneBySlope`, of candidates that come widest first. */
export const chooseBySlope = <Kind extends Pick<Candidate, 'value' | 'halfWidth'>>(
  candidates: readonly Kind[],
): Kind | undefined => {
  const stops = candidates.findIndex((candidate, place) =>
    candidates
      .slice(0, place)
      .some((wider) => Math.abs(candidate.value - wider.value) > candidate.halfWidth + ACCEPTS * wider.halfWidth),
  );
  return candidates[stops === -1 ? candidates.length - 1 : stops - 1];
};

const candidateOf = (
  estimator: PolicyEstimator,
  rounds: PolicyRounds,
  parameter: number,
  confidence: number,
): Candidate | undefined => {
  const terms = termsOf(estimator, rounds, parameter);
  const value = pointOf([terms]);
  const influence = influenceOf([terms]);
  if (value === undefined || influence === undefined || rounds.size < 2) return undefined;
  const deviation = Math.sqrt(Moments.of(influence).meanVariance);
  return { parameter, value, halfWidth: studentT.quantile(confidence, rounds.size - 1) * deviation };
};
