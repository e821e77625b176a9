/** Whether a proxy would have decided past experiments rightly, each judged by a proxy that has never seen it. */

import type { Estimate } from '#domain';
import { type OfExperiment, shareByExperiment } from './by-experiment.ts';
import type { ExperimentEffects } from './corpus.ts';
import { fitLatentEffects, type LatentEffects } from './latent-effects.ts';
import { type Decision, decide, decideDirectly, type LongTermView, viewLongTerm } from './long-term.ts';

export interface HeldOutView extends LongTermView {
  readonly experiment: ExperimentEffects;
  readonly decision: Decision;
}

export interface ProxyOptions {
  /** Places of the short-term metrics and of the outcome in the corpus. */
  readonly proxies: readonly number[];
  readonly outcome: number;
  /** Error correlations of the corpus's metrics. */
  readonly correlations: Float64Array;
  /** A decision needs this two-sided certainty; 0.05 unless given. */
  readonly alpha?: number;
  /** Experiments are left out in so many groups; one by one unless given. */
  readonly folds?: number;
}

/** The model of the proxies with the outcome. */
export const fitProxy = (
  experiments: readonly ExperimentEffects[],
  { proxies, outcome, correlations }: ProxyOptions,
): LatentEffects => fitLatentEffects(experiments, [...proxies, outcome], correlations);

/** Rounds of EM after one experiment was taken out: the fit of all is already next to it. */
const HELD_OUT_ROUNDS = 8;

/**
 * Each experiment by name, with all its contexts, is left out in turn; the model of the others sees its proxies and says
 * what its long-term effect will be. Experiments without any of the proxies are passed over.
 */
export const leaveOneOut = (
  experiments: readonly ExperimentEffects[],
  options: ProxyOptions,
): readonly HeldOutView[] => {
  const metrics = [...options.proxies, options.outcome];
  const { lambda } = fitProxy(experiments, options);
  const names = [...new Set(experiments.map(({ experiment }) => experiment))];
  const folds = Math.min(options.folds ?? names.length, names.length);
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const out = new Set(names.filter((_, at) => at % folds === fold));
    const others = experiments.filter(({ experiment }) => !out.has(experiment));
    const model = fitLatentEffects(others, metrics, options.correlations, { from: lambda, rounds: HELD_OUT_ROUNDS });
    return experiments
      .filter(({ experiment }) => out.has(experiment))
      .flatMap((experiment) => {
        const view = viewLongTerm(model, options.outcome, experiment);
        return view ? [{ ...view, experiment, decision: decide(view.better, options.alpha) }] : [];
      });
  });
};

export interface Validation {
  readonly experiments: number;
  /** Share of experiments in which proxy and truth decide alike whether to launch. */
  readonly agreement: Estimate;
  /** Of what the truth launches, the share that the proxy launches. */
  readonly recall: Estimate;
  /** Of what the proxy launches, the share that the truth launches. */
  readonly precision: Estimate;
  /** Share in which one launches and the other stops: the error that hurts. */
  readonly contradictions: Estimate;
}

/**
 * Compares decisions, the proxy's with those of the truth, in the same order. `names` are the experiments they are of: several
 * contexts of one experiment depend on each other, and shares then have intervals by the bootstrap over experiments.
 */
export const compareDecisions = (
  proxy: readonly Decision[],
  truth: readonly Decision[],
  names: readonly string[] = proxy.map((_, at) => String(at)),
): Validation => {
  const pairs = proxy.map((mine, at) => ({ mine, right: truth[at]!, experiment: names[at]! }));
  const launches = ({ mine }: Pair): boolean => mine === 'launch';
  const should = ({ right }: Pair): boolean => right === 'launch';
  return {
    experiments: pairs.length,
    agreement: shareByExperiment(pairs, (pair) => launches(pair) === should(pair)),
    recall: shareByExperiment(pairs.filter(should), launches),
    precision: shareByExperiment(pairs.filter(launches), should),
    contradictions: shareByExperiment(
      pairs,
      ({ mine, right }) => (mine === 'launch' && right === 'stop') || (mine === 'stop' && right === 'launch'),
    ),
  };
};

interface Pair extends OfExperiment {
  readonly mine: Decision;
  readonly right: Decision;
}

/**
 * The proxy against the measured long-term effect, experiment by experiment. The measurement is itself noisy: where it
 * is unclear and the proxy is not, one of them is wrong, and this counts it against the proxy.
 */
export const validateProxy = (views: readonly HeldOutView[], outcome: number, alpha = 0.05): Validation => {
  const measured = views.filter(({ experiment }) => !Number.isNaN(experiment.effects[outcome]));
  return compareDecisions(
    measured.map(({ decision }) => decision),
    measured.map(({ experiment }) =>
      decideDirectly(experiment.effects[outcome]!, experiment.standardErrors[outcome]!, alpha),
    ),
    measured.map(({ experiment }) => experiment.experiment),
  );
};
