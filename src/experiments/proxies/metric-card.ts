/** The card of a metric: what a move of it is worth, judged by many past experiments. */

import type { Estimate } from '#domain';
import { type LevelOption, normal, normalEstimate } from '#stats';
import { shareByExperiment } from './by-experiment.ts';
import type { Corpus, ExperimentEffects } from './corpus.ts';
import { fitLatentPair, type LatentPair } from './latent-pair.ts';

export interface MetricCard {
  readonly metric: string;
  readonly outcome: string;
  /** Share of experiments in which it moved beyond noise (two-sided). */
  readonly sensitivity: Estimate;
  /** Mean |z|; 0.80 where nothing ever moves it. Null without an experiment. */
  readonly meanAbsoluteZ: number | null;
  /** The same share among A/A tests: should be α. */
  readonly falseAlarms: Estimate;
  /** Of experiments in which both moved beyond noise, the share in which they moved the same way. */
  readonly directionAgreement: Estimate;
  /** Days after which it can be read. */
  readonly latencyDays: number | null;
  /** Change of the outcome for one unit of the metric, between true effects. */
  readonly slope: Estimate;
  /** The same without taking the noise out; nearer to 0. Null without an experiment that has both. */
  readonly plainSlope: number | null;
  /** Share of the outcome's true effects that it tells. */
  readonly surrogacy: Estimate;
  /** Below this many units a test reads the long-term effect better from the metric than from the outcome itself. */
  readonly beatsDirectBelow: BeatsDirect;
  readonly drift: Drift;
  readonly flags: readonly Flag[];
}

export type BeatsDirect =
  | { readonly ok: true; readonly units: number }
  | { readonly ok: false; readonly reason: 'never' | 'always' | 'unknown' };

export type Drift =
  | {
      readonly ok: true;
      readonly before: Estimate;
      readonly after: Estimate;
      readonly difference: Estimate;
      readonly moved: boolean;
    }
  | { readonly ok: false; readonly reason: 'no_dates' | 'few_experiments' };

/** Why a metric might be gamed: moved without doing good. */
export type Flag =
  | { readonly kind: 'up_while_outcome_down'; readonly experiments: readonly string[] }
  | { readonly kind: 'easy_to_move_says_little' }
  | { readonly kind: 'points_the_other_way' };

export interface CardOptions extends LevelOption {
  /** Two-sided level of "moved"; 0.05 unless given. */
  readonly alpha?: number;
  /** When the slope was last validated, epoch milliseconds; the middle of the corpus unless given. */
  readonly validatedAt?: number;
}

/** A card from the experiments of a corpus, or from those of one context. Cost: that of three fits of a pair. */
export const metricCard = (
  corpus: Corpus,
  experiments: readonly ExperimentEffects[],
  { metric, outcome }: { readonly metric: number; readonly outcome: number },
  correlations: Float64Array,
  options: CardOptions = {},
): MetricCard => {
  const alpha = options.alpha ?? 0.05;
  const bar = normal.quantile(1 - alpha / 2);
  const scores = zScores(experiments, metric);
  const pair = fitLatentPair(experiments, metric, outcome, correlations, options);
  const moved = experiments.filter((each) => Math.abs(zOf(each, metric)) > bar && Math.abs(zOf(each, outcome)) > bar);
  const isTogether = (each: ExperimentEffects) => zOf(each, metric) * zOf(each, outcome) > 0;
  return {
    metric: corpus.metrics[metric]!,
    outcome: corpus.metrics[outcome]!,
    sensitivity: beyond(experiments, metric, bar, options),
    meanAbsoluteZ: scores.length === 0 ? null : scores.reduce((sum, z) => sum + Math.abs(z), 0) / scores.length,
    falseAlarms: beyond(corpus.aa, metric, bar, options),
    directionAgreement: shareByExperiment(moved, isTogether, options),
    latencyDays: corpus.days[metric] ?? null,
    slope: pair.slope,
    plainSlope: Number.isFinite(pair.plainSlope) ? pair.plainSlope : null,
    surrogacy: pair.rSquared,
    beatsDirectBelow: beatsDirect(pair),
    drift: driftOf(experiments, metric, outcome, correlations, options),
    flags: flagsOf(experiments, { metric, outcome, pair, bar, scores }),
  };
};

const zOf = ({ effects, standardErrors }: ExperimentEffects, metric: number): number =>
  effects[metric]! / standardErrors[metric]!;

const zScores = (experiments: readonly ExperimentEffects[], metric: number): readonly number[] =>
  experiments.map((each) => zOf(each, metric)).filter((z) => !Number.isNaN(z));

const beyond = (
  experiments: readonly ExperimentEffects[],
  metric: number,
  bar: number,
  options: LevelOption,
): Estimate => {
  const measured = experiments.filter((each) => !Number.isNaN(zOf(each, metric)));
  return shareByExperiment(measured, (each) => Math.abs(zOf(each, metric)) > bar, options);
};

/**
 * Where ρ² λ_PP / (λ_PP + ξ_P/n) = λ_NN / (λ_NN + ξ_N/n): at fewer units the noise of the outcome weighs more than what the
 * metric does not tell.
 */
const beatsDirect = (pair: LatentPair): BeatsDirect => {
  if (!pair.rSquared.ok) return { ok: false, reason: 'unknown' };
  const rSquared = (pair.together * pair.together) / (pair.metric * pair.outcome);
  const gain = rSquared * pair.metric * pair.outcomeNoise - pair.outcome * pair.metricNoise;
  if (gain <= 0) return { ok: false, reason: 'never' };
  const loss = pair.metric * pair.outcome * (1 - rSquared);
  return loss < 1e-12 * gain ? { ok: false, reason: 'always' } : { ok: true, units: gain / loss };
};

const driftOf = (
  experiments: readonly ExperimentEffects[],
  metric: number,
  outcome: number,
  correlations: Float64Array,
  options: CardOptions,
): Drift => {
  const dated = experiments.filter(
    ({ at, effects }) => at !== undefined && !Number.isNaN(effects[metric]! + effects[outcome]!),
  );
  if (dated.length === 0) return { ok: false, reason: 'no_dates' };
  const sorted = dated.map(({ at }) => at!).sort((a, b) => a - b);
  const cut = options.validatedAt ?? sorted[Math.floor(sorted.length / 2)]!;
  const [before, after] = [dated.filter(({ at }) => at! < cut), dated.filter(({ at }) => at! >= cut)].map(
    (part) => fitLatentPair(part, metric, outcome, correlations, options).slope,
  );
  if (!before?.ok || !after?.ok) return { ok: false, reason: 'few_experiments' };
  const z = normal.quantile((1 + before.level) / 2);
  const variance = ({ interval }: { readonly interval: { readonly lower: number; readonly upper: number } }) =>
    ((interval.upper - interval.lower) / (2 * z)) ** 2;
  const difference = normalEstimate(
    {
      value: after.value - before.value,
      variance: variance(before) + variance(after),
      n: before.n + after.n,
      method: 'difference of slopes',
    },
    options,
  );
  const moved = difference.ok && difference.interval.lower * difference.interval.upper > 0;
  return { ok: true, before, after, difference, moved };
};

interface Seen {
  readonly metric: number;
  readonly outcome: number;
  readonly pair: LatentPair;
  readonly bar: number;
  readonly scores: readonly number[];
}

const flagsOf = (experiments: readonly ExperimentEffects[], { metric, outcome, pair, bar, scores }: Seen): Flag[] => {
  const flags: Flag[] = [];
  const worse = experiments.filter((each) => zOf(each, metric) > bar && zOf(each, outcome) < -bar);
  if (worse.length > 0) {
    const names = new Set(worse.map(({ experiment }) => experiment));
    flags.push({ kind: 'up_while_outcome_down', experiments: [...names] });
  }
  const share = scores.filter((z) => Math.abs(z) > bar).length / scores.length;
  if (share > 0.2 && pair.rSquared.ok && pair.rSquared.interval.upper < 0.25) {
    flags.push({ kind: 'easy_to_move_says_little' });
  }
  if (pair.slope.ok && pair.slope.interval.upper < 0) flags.push({ kind: 'points_the_other_way' });
  return flags;
};
