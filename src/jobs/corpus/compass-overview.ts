/** The whole compass at once, for those who look at it: cards, the matrix by intent, weights by size, disagreements. */

import type { Estimate } from '#domain';
import {
  type Corpus,
  type Disagreement,
  type EffectRow,
  findDisagreements,
  fitLatentPair,
  fitProxy,
  inContext,
  leaveOneOut,
  type MetricCard,
  metricAt,
  metricCard,
  type NoiseModel,
  noiseModel,
  proxyBySize,
  type SizedWeights,
  toCorpus,
  type Validation,
  validateProxy,
  wholes,
} from '#experiments';

export interface CompassOverview {
  readonly metrics: readonly string[];
  readonly experiments: number;
  readonly aa: number;
  readonly noise: NoiseModel['from'];
  readonly outcome: string;
  /** The metric whose gains may hide a loss. */
  readonly quick: string;
  readonly cards: readonly MetricCard[];
  readonly matrix: readonly MatrixCell[];
  readonly proxies: readonly string[];
  readonly sizes: readonly SizedWeights[];
  readonly disagreements: readonly Disagreement[];
  /** How decisions by all metrics together, and by each alone, stand to those by the measured outcome. */
  readonly validation: readonly DecidedBy[];
}

export interface DecidedBy {
  /** Null: all of them together. */
  readonly metric: string | null;
  readonly validation: Validation;
}

/** One metric in one intent; `intent` is null for all of them together. */
export interface MatrixCell {
  readonly metric: string;
  readonly intent: string | null;
  readonly n: number;
  readonly slope: Estimate;
  readonly surrogacy: Estimate;
}

export interface OverviewRequest {
  /** The metric read latest unless given. */
  readonly outcome?: string;
  /** The most sensitive metric unless given. */
  readonly quick?: string;
  /** Called between pieces of work, so that others get their turn. */
  readonly pause: () => Promise<void>;
}

const SIZES = [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000];
const LEVEL = 0.95;
/** Groups of experiments left out together; one by one is for the command line, which has the time. */
const FOLDS = 20;

/** Answers with less than 3 experiments are of no use; the caller hears of it. @throws {EngineError} invalid_data */
export const compassOverview = async (
  rows: readonly EffectRow[],
  request: OverviewRequest,
): Promise<CompassOverview> => {
  const corpus = toCorpus(rows);
  const outcome = metricAt(corpus, request.outcome ?? latest(corpus));
  const proxies = corpus.metrics.map((_, at) => at).filter((at) => at !== outcome);
  const experiments = wholes(corpus);
  const noise = noiseModel(corpus);
  const cards: MetricCard[] = [];
  for (const metric of proxies) {
    cards.push(metricCard(corpus, experiments, { metric, outcome }, noise.correlations, { level: LEVEL }));
    await request.pause();
  }
  const quick = request.quick ?? mostSensitive(cards) ?? corpus.metrics[outcome]!;
  const matrix = await matrixOf(corpus, proxies, outcome, noise.correlations, request.pause);
  const options = { proxies, outcome, correlations: noise.correlations };
  const model = fitProxy(experiments, options);
  await request.pause();
  const views = leaveOneOut(experiments, { ...options, folds: FOLDS });
  const validation: DecidedBy[] = [{ metric: null, validation: validateProxy(views, outcome) }];
  for (const metric of proxies) {
    await request.pause();
    const alone = leaveOneOut(experiments, { ...options, proxies: [metric], folds: FOLDS });
    validation.push({ metric: corpus.metrics[metric]!, validation: validateProxy(alone, outcome) });
  }
  return {
    metrics: corpus.metrics,
    experiments: new Set(experiments.map(({ experiment }) => experiment)).size,
    aa: corpus.aa.length,
    noise: noise.from,
    outcome: corpus.metrics[outcome]!,
    quick,
    cards,
    matrix,
    proxies: proxies.map((at) => corpus.metrics[at]!),
    sizes: proxies.length === 0 ? [] : proxyBySize(model, experiments, SIZES),
    disagreements: findDisagreements(views, { quick: metricAt(corpus, quick) }),
    validation: proxies.length === 0 ? [] : validation,
  };
};

/** The metric that takes longest to read; without days the last one named. */
const latest = ({ metrics, days }: Corpus): string => {
  const at = days.reduce<number>((best, each, place) => ((each ?? 0) >= (days[best] ?? 0) ? place : best), 0);
  return metrics[at] ?? '';
};

const mostSensitive = (cards: readonly MetricCard[]): string | undefined => {
  const share = ({ sensitivity }: MetricCard): number => (sensitivity.ok ? sensitivity.value : -1);
  return cards.toSorted((a, b) => share(b) - share(a))[0]?.metric;
};

const matrixOf = async (
  corpus: Corpus,
  proxies: readonly number[],
  outcome: number,
  correlations: Float64Array,
  pause: () => Promise<void>,
): Promise<readonly MatrixCell[]> => {
  const intents = [...new Set(corpus.experiments.flatMap(({ context }) => context.intent ?? []))].sort();
  const cells: MatrixCell[] = [];
  for (const intent of [null, ...intents]) {
    const experiments = intent === null ? wholes(corpus) : inContext(corpus, { intent });
    for (const metric of proxies) {
      const { slope, rSquared, n } = fitLatentPair(experiments, metric, outcome, correlations, { level: LEVEL });
      cells.push({ metric: corpus.metrics[metric]!, intent, n, slope, surrogacy: rSquared });
    }
    await pause();
  }
  return cells;
};
