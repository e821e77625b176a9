/** One log, one policy, all estimators. */

import { EngineError, type Estimate } from '#domain';
import type { Rng } from '#math';
import { type LevelOption, meanEstimate } from '#stats';
import { diagnosePolicy, type PolicyDiagnostics } from './diagnostics.ts';
import { POLICY_ESTIMATORS, type PolicyEstimator, policyEstimator } from './estimators.ts';
import { policyBernstein, policyBootstraps, policyDelta } from './intervals.ts';
import type { PolicyRounds } from './rounds.ts';
import { type Candidate, tuneBySlope } from './slope.ts';
import { termsOf } from './terms.ts';
import { judgeTrust, type Trust } from './trust.ts';

export interface PolicyEvaluationOptions extends LevelOption {
  readonly resamples: number;
  /** What rewards can be at all, for the empirical Bernstein interval; undefined when not known. */
  readonly rewardRange?: readonly [lower: number, upper: number] | undefined;
  /**
   * Least probability with which the log's policy takes what the judged policy may take, logged or not, for the same
   * interval: no weight passes 1 / it. It cannot be read from a log, which tells nothing of what it does not hold.
   */
  readonly leastProbability?: number | undefined;
  /** Values of parameters by estimator name; SLOPE chooses the others. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Values SLOPE chooses from, for estimators with a parameter on weights; their own unless given. */
  readonly weightGrid?: readonly number[] | undefined;
  /** Estimators on other rounds of the same log: MRDR, MIPS. */
  readonly variants?: readonly PolicyVariant[];
}

/** An estimator under a name of its own, on rounds with other predictions or other weights. */
export interface PolicyVariant {
  readonly name: string;
  readonly title: string;
  /** Name of the estimator. */
  readonly estimator: string;
  readonly rounds: PolicyRounds;
}

export interface PolicyEstimateRow {
  readonly name: string;
  readonly title: string;
  readonly parameter: { readonly name: string; readonly value: number; readonly tuned: boolean } | undefined;
  /** What tuning saw; empty when nothing was tuned. */
  readonly tried: readonly Candidate[];
  /** The value, with the bootstrap interval. */
  readonly bootstrap: Estimate;
  readonly delta: Estimate;
  readonly bernstein: Estimate;
}

export interface PolicyReport {
  readonly n: number;
  /** Mean reward of the log itself: the value of the policy that wrote it. */
  readonly logged: Estimate;
  readonly estimates: readonly PolicyEstimateRow[];
  readonly diagnostics: PolicyDiagnostics;
  readonly trust: Trust;
}

/**
 * Estimates by every estimator the rounds allow: without predictions, those that need weights only. Same seed, same
 * report. O(estimators · (resamples + grid) · rounds).
 * @throws {EngineError} invalid_data for a least probability that is not in (0, 1], or above one that was logged.
 */
export const evaluatePolicy = (rounds: PolicyRounds, rng: Rng, options: PolicyEvaluationOptions): PolicyReport => {
  checkLeast(rounds, options.leastProbability);
  const diagnostics = diagnosePolicy(rounds);
  const known = POLICY_ESTIMATORS.filter(({ needs }) => needs === 'weights' || rounds.predictions !== undefined);
  const variants = (options.variants ?? []).map(({ name, title, estimator, rounds: own }) => ({
    estimator: { ...policyEstimator(estimator), name, title },
    rounds: own,
  }));
  const asked = [...known.map((estimator) => ({ estimator, rounds })), ...variants].map((row) => {
    const chosen = chooseParameter(row.estimator, row.rounds, options);
    return { ...row, chosen, terms: termsOf(row.estimator, row.rounds, chosen.value) };
  });
  const bootstraps = policyBootstraps(
    asked.map(({ terms }) => [terms]),
    rng,
    options,
  );
  return {
    n: rounds.size,
    logged: meanEstimate(rounds.rewards, options),
    estimates: asked.map(({ estimator, chosen, terms }, place) => ({
      name: estimator.name,
      title: estimator.title,
      parameter: estimator.parameter && { name: estimator.parameter.name, value: chosen.value, tuned: chosen.tuned },
      tried: chosen.tried,
      bootstrap: bootstraps[place]!,
      delta: policyDelta([terms], options),
      bernstein: policyBernstein(terms, rangeOf(estimator, chosen.value, options), options),
    })),
    diagnostics,
    trust: judgeTrust(diagnostics),
  };
};

const chooseParameter = (
  estimator: PolicyEstimator,
  rounds: PolicyRounds,
  { parameters, weightGrid }: PolicyEvaluationOptions,
): { value: number; tuned: boolean; tried: readonly Candidate[] } => {
  if (estimator.parameter === undefined) return { value: Number.NaN, tuned: false, tried: [] };
  const asked = parameters?.[estimator.name];
  if (asked !== undefined) return { value: asked, tuned: false, tried: [] };
  const own = estimator.parameter.grid;
  const grid = estimator.parameter.to === 1 ? own : (weightGrid ?? own);
  const tuned = tuneBySlope(estimator, rounds, grid);
  return { value: tuned?.parameter ?? grid[0]!, tuned: true, tried: tuned?.tried ?? [] };
};

const checkLeast = ({ weightBound }: PolicyRounds, least: number | undefined): void => {
  if (least === undefined) return;
  const logged = 1 / weightBound;
  if (least > 0 && least <= logged * (1 + ROUNDING)) return;
  throw new EngineError(
    'invalid_data',
    `least probability ${least}: expected a number above 0 and at most ${logged}, the least in the log`,
  );
};

/** A probability from a bound is not quite the one that the bound was made of. */
const ROUNDING = 1e-12;

/** What the terms can be when rewards and predictions keep to the range of rewards; undefined where nothing bounds them. */
const rangeOf = (
  estimator: PolicyEstimator,
  parameter: number,
  { rewardRange, leastProbability = 0 }: PolicyEvaluationOptions,
): readonly [lower: number, upper: number] | undefined => {
  if (rewardRange === undefined) return undefined;
  const [lower, upper] = rewardRange;
  const most = estimator.weigh(Math.min(1 / leastProbability, estimator.peak(parameter)), parameter);
  if (most === Number.POSITIVE_INFINITY) return undefined;
  if (estimator.needs === 'weights') return [Math.min(0, most * lower), Math.max(0, most * upper)];
  const swing = most * (upper - lower);
  return [lower - swing, upper + swing];
};
