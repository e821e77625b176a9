/** Which offline measure tells, in which context, what will happen online and in the long run. */

import type { Estimate } from '#domain';
import type { LevelOption } from '#stats';
import { countExperiments, meanByExperiment, shareByExperiment } from '../proxies/by-experiment.ts';
import type { Context, Corpus, ExperimentEffects } from '../proxies/corpus.ts';
import { inContext } from '../proxies/corpus.ts';
import { fitLatentEffects, observe, posterior } from '../proxies/latent-effects.ts';
import { fitLatentPair } from '../proxies/latent-pair.ts';

export interface CompassRow {
  readonly metric: string;
  /** Slopes between true effects, errors in both taken out. */
  readonly toOnline: Estimate;
  readonly toOutcome: Estimate;
  /** Share of experiments in which the measure pointed where the outcome, freed of noise, went. */
  readonly signAgreement: Estimate;
  /** Long-term value lost an experiment by launching whatever the measure prefers, against knowing the outcome. */
  readonly regret: Estimate;
  /** Chance, among the candidates and "none of them", to be the one that tells the outcome. */
  readonly weight: number;
  /** Nothing speaks for it here: its slope to the outcome is not surely above 0. */
  readonly invalid: boolean;
}

export interface CompassContext {
  readonly context: Context;
  /** Experiments that measured all candidates and the outcome, each once whatever it was sliced into. */
  readonly n: number;
  readonly rows: readonly CompassRow[];
  /** The candidate with the largest weight; null when "none of them" has it, or there are fewer than 10 experiments. */
  readonly recommended: string | null;
  /** Chance that no candidate tells the outcome. */
  readonly none: number;
  readonly reason: 'few_experiments' | null;
}

export interface CompassRequest {
  /** Places in the corpus. */
  readonly candidates: readonly number[];
  readonly online?: number;
  readonly outcome: number;
  readonly correlations: Float64Array;
}

const FEWEST = 10;

/**
 * The compass of one context. Weights are by Bayesian model averaging: how well each candidate predicted the outcomes,
 * log p(outcome | candidate) less ½ log n for the coefficient it uses, against no candidate at all. Slices of an
 * experiment may all tell the same, so they count as much as experiments without slices would.
 */
export const compassIn = (
  corpus: Corpus,
  context: Context,
  { candidates, online, outcome, correlations }: CompassRequest,
  options: LevelOption = {},
): CompassContext => {
  const experiments = inContext(corpus, context).filter(({ effects }) =>
    [...candidates, outcome].every((at) => !Number.isNaN(effects[at])),
  );
  const n = countExperiments(experiments);
  if (n < FEWEST) return { context, n, rows: [], recommended: null, none: 1, reason: 'few_experiments' };
  const alone = fitLatentEffects(experiments, [outcome], correlations).logLikelihood;
  const share = n / experiments.length;
  const gains = candidates.map(
    (at) => share * (evidence(experiments, at, outcome, correlations) - alone) - 0.5 * Math.log(n),
  );
  const weights = softmax([...gains, 0]);
  const rows = candidates.map((at, k) => {
    const toOutcome = fitLatentPair(experiments, at, outcome, correlations, options).slope;
    return {
      metric: corpus.metrics[at]!,
      toOutcome,
      toOnline: online === undefined ? unknown : fitLatentPair(experiments, at, online, correlations, options).slope,
      ...choices(experiments, at, outcome, correlations, options),
      weight: weights[k]!,
      invalid: !(toOutcome.ok && toOutcome.interval.lower > 0),
    };
  });
  const none = weights.at(-1)!;
  const best = rows.filter(({ weight }) => weight > none).sort((a, b) => b.weight - a.weight)[0];
  return { context, n, rows, recommended: best?.metric ?? null, none, reason: null };
};

const unknown: Estimate = { ok: false, reason: 'not_asked' };

/** Σ log p(outcome | candidate): of both together less that of the candidate. */
const evidence = (
  experiments: readonly ExperimentEffects[],
  candidate: number,
  outcome: number,
  correlations: Float64Array,
): number => {
  const both = fitLatentEffects(experiments, [candidate, outcome], correlations, { rounds: 1000 });
  // One round tells the likelihood at where it begins.
  const own = fitLatentEffects(experiments, [candidate], correlations, { rounds: 1, from: both.lambda.slice(0, 1) });
  return both.logLikelihood - own.logLikelihood;
};

/** What following the candidate would have done, the outcome judged by its posterior given all that was measured. */
const choices = (
  experiments: readonly ExperimentEffects[],
  candidate: number,
  outcome: number,
  correlations: Float64Array,
  options: LevelOption,
): Pick<CompassRow, 'signAgreement' | 'regret'> => {
  const model = fitLatentEffects(experiments, [outcome], correlations);
  const judged = experiments.map((each) => ({
    experiment: each.experiment,
    chosen: each.effects[candidate]! > 0,
    worth: posterior(observe(each, [outcome], model.noise), model.lambda).mean[0]!,
  }));
  return {
    signAgreement: shareByExperiment(judged, ({ chosen, worth }) => chosen === worth > 0, options),
    regret: meanByExperiment(judged, ({ chosen, worth }) => Math.max(0, worth) - (chosen ? worth : 0), options),
  };
};

const softmax = (values: readonly number[]): readonly number[] => {
  const most = Math.max(...values);
  const raised = values.map((value) => Math.exp(value - most));
  const sum = raised.reduce((total, value) => total + value, 0);
  return raised.map((value) => value / sum);
};
