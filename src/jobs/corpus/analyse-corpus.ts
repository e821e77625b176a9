/** Questions to a history of experiments: cards, proxies, their validation, and the compass. */

import { EngineError } from '#domain';
import {
  type CompassContext,
  type Context,
  type ContextDimension,
  type Corpus,
  compassIn,
  contextsOf,
  countExperiments,
  type Disagreement,
  type EffectRow,
  findDisagreements,
  fitProxy,
  inContext,
  leaveOneOut,
  type MetricCard,
  metricAt,
  metricCard,
  type NoiseCorrelation,
  type NoiseModel,
  noiseModel,
  proxyBySize,
  type SizedWeights,
  toCorpus,
  type Validation,
  validateProxy,
  wholes,
} from '#experiments';

/** A corpus ready to be asked, with the metric that counts. */
export interface CorpusQuestion {
  readonly rows: readonly EffectRow[];
  readonly noise: readonly NoiseCorrelation[];
  /** The long-term outcome. */
  readonly outcome: string;
  /** Short-term metrics; all others unless given. */
  readonly metrics: readonly string[];
  readonly context: Context;
}

interface Ready {
  readonly corpus: Corpus;
  readonly noise: NoiseModel;
  readonly outcome: number;
  readonly metrics: readonly number[];
  readonly experiments: ReturnType<typeof wholes>;
}

const prepare = ({ rows, noise, outcome, metrics, context }: CorpusQuestion): Ready => {
  const corpus = toCorpus(rows);
  const at = metricAt(corpus, outcome);
  const asked = metrics.length > 0 ? metrics : corpus.metrics.filter((name) => name !== outcome);
  const everywhere = Object.keys(context).length === 0;
  const ready = {
    corpus,
    noise: noiseModel(corpus, noise),
    outcome: at,
    metrics: asked.map((name) => metricAt(corpus, name)),
    experiments: everywhere ? wholes(corpus) : inContext(corpus, context),
  };
  if (ready.metrics.includes(at)) throw invalid(`"${outcome}" is the outcome: it cannot be a proxy of itself`);
  if (ready.metrics.length === 0) throw invalid(`the corpus has no metric beside "${outcome}"`);
  if (ready.experiments.length === 0) throw invalid('the corpus has no experiment in this context');
  return ready;
};

const invalid = (message: string): EngineError => new EngineError('invalid_data', message);

export interface CardsAnswer {
  readonly experiments: number;
  readonly noise: NoiseModel['from'];
  readonly cards: readonly MetricCard[];
}

/** One card a metric. */
export const askCards = (
  question: CorpusQuestion,
  options: { readonly level: number; readonly validatedAt?: number },
): CardsAnswer => {
  const { corpus, noise, outcome, metrics, experiments } = prepare(question);
  const cards = metrics.map((metric) =>
    metricCard(corpus, experiments, { metric, outcome }, noise.correlations, options),
  );
  return { experiments: countExperiments(experiments), noise: noise.from, cards };
};

export interface WeightsAnswer {
  readonly experiments: number;
  readonly noise: NoiseModel['from'];
  readonly proxies: readonly string[];
  readonly sizes: readonly SizedWeights[];
}

/** Weights of the proxies for tests of some sizes. */
export const askWeights = (question: CorpusQuestion, sizes: readonly number[]): WeightsAnswer => {
  const { corpus, noise, outcome, metrics, experiments } = prepare(question);
  const model = fitProxy(experiments, { proxies: metrics, outcome, correlations: noise.correlations });
  return {
    experiments: countExperiments(experiments),
    noise: noise.from,
    proxies: metrics.map((at) => corpus.metrics[at]!),
    sizes: proxyBySize(model, experiments, sizes),
  };
};

export interface ValidationAnswer {
  readonly experiments: number;
  readonly noise: NoiseModel['from'];
  readonly proxy: Validation;
  /** Each metric alone, read by what its moves were worth. */
  readonly single: readonly { readonly metric: string; readonly validation: Validation }[];
  readonly disagreements: readonly Disagreement[];
}

/** Leaves each experiment out in turn; `quick` is the metric whose gains may hide a loss. */
export const askValidation = (
  question: CorpusQuestion,
  { alpha, quick }: { readonly alpha: number; readonly quick?: string },
): ValidationAnswer => {
  const { corpus, noise, outcome, metrics, experiments } = prepare(question);
  const views = (proxies: readonly number[]) =>
    leaveOneOut(experiments, { proxies, outcome, correlations: noise.correlations, alpha });
  const all = views(metrics);
  return {
    experiments: all.length,
    noise: noise.from,
    proxy: validateProxy(all, outcome, alpha),
    single: metrics.map((at) => ({
      metric: corpus.metrics[at]!,
      validation: validateProxy(views([at]), outcome, alpha),
    })),
    disagreements: quick === undefined ? [] : findDisagreements(all, { quick: metricAt(corpus, quick) }),
  };
};

/** The compass of each context there is. */
export const askCompass = (
  question: CorpusQuestion,
  options: { readonly online?: string; readonly by: readonly ContextDimension[]; readonly level: number },
): readonly CompassContext[] => {
  const { corpus, noise, outcome, metrics } = prepare(question);
  const online = options.online === undefined ? undefined : metricAt(corpus, options.online);
  const candidates = metrics.filter((at) => at !== online);
  const request = { candidates, outcome, correlations: noise.correlations, ...(online !== undefined && { online }) };
  const contexts = contextsOf(corpus, options.by);
  if (contexts.length === 0) throw invalid(`the corpus tells no ${options.by.join(', ')} of its experiments`);
  return contexts.map((context) => compassIn(corpus, context, request, { level: options.level }));
};
