/** Canonical metrics against what listeners truly got, listener by listener. */

import { DAY_MS, type Estimate } from '#domain';
import type { Rng } from '#math';
import { type Metric, parseMetric, standardMetrics } from '#metrics';
import { bootstrapEstimate, kendallTau } from '#stats';
import type { Timeline } from '../../success/timeline.ts';
import { absenceHours, clickThrough, shareBack, summed } from './own-figures.ts';
import type { ScoredRun } from './read-scored-run.ts';
import type { ListenerTruth } from './read-truth.ts';

export interface ScoredMetric {
  /** Canonical, as `metrics report` takes it. */
  readonly name: string;
  readonly question: string;
  readonly polarity: Metric['polarity'];
  /** Kendall's τ-b over listeners between their own figure and their true utility a day, in [−1, 1]. */
  readonly utility: Estimate;
  /** The same with their true chance of coming, mean over the days of the run. */
  readonly returns: Estimate;
}

const RESAMPLES = 200;

/** A listener's own figure; null where it is not defined. */
type FigureOf = (timeline: Timeline, run: ScoredRun) => number | null;

/** `judged`: success by definition and listener, `success_rate[name]`, from units that the definition was read on. */
export const scoreMetrics = (
  run: ScoredRun,
  judged: ReadonlyMap<string, ReadonlyMap<string, number>>,
  rng: Rng,
): readonly ScoredMetric[] => {
  const asked = [
    ...standardMetrics([...judged.keys()]),
    // What one listener alone has a figure of, and what a short run has a window for.
    ...['return_rate[7d]', 'click_through[naive]', 'click_through[examined]'].map(parseMetric),
  ];
  return asked.flatMap((metric) => {
    const of = figureOf(metric, judged);
    return of === null ? [] : [scoreMetric(metric, of, run, rng.derive(metric.name))];
  });
};

const scoreMetric = (metric: Metric, of: FigureOf, run: ScoredRun, rng: Rng): ScoredMetric => {
  const rows = run.timelines.flatMap((timeline) => {
    const figure = of(timeline, run);
    const truth = run.truth.listeners.get(timeline.userId);
    return figure === null || truth === undefined ? [] : [{ figure, truth }];
  });
  const figures = rows.map(({ figure }) => figure);
  const against = (name: string, truthOf: (truth: ListenerTruth) => number): Estimate => {
    const truths = rows.map(({ truth }) => truthOf(truth));
    const statistic = (drawn: Uint32Array): number => {
      const tau = kendallTau(
        Float64Array.from(drawn, (n) => figures[n]!),
        Float64Array.from(drawn, (n) => truths[n]!),
      );
      return tau.ok ? tau.value : Number.NaN;
    };
    if (rows.length > 0 && figures.every((figure) => figure === figures[0]))
      return { ok: false, reason: 'alike_for_all' };
    return bootstrapEstimate(rows.length, statistic, rng.derive(name), {
      resamples: RESAMPLES,
      interval: 'percentile',
    });
  };
  const { name, question, polarity } = metric;
  return {
    name,
    question,
    polarity,
    utility: against('utility', ({ utility }) => utility / run.days),
    returns: against('returns', ({ returns }) => returns.reduce((sum, chance) => sum + chance, 0) / returns.length),
  };
};

/** Null for what one listener alone has no figure of: the common law of examination, values of outcomes. */
const figureOf = (metric: Metric, judged: ReadonlyMap<string, ReadonlyMap<string, number>>): FigureOf | null => {
  const { recipe } = metric;
  switch (recipe.kind) {
    case 'ratio':
      return (timeline, { days }) => {
        const below = summed(timeline, recipe.denominator);
        const per = recipe.perDays === undefined ? 1 : recipe.perDays / days;
        return below === 0 ? null : (recipe.scale * per * summed(timeline, recipe.numerator)) / below;
      };
    case 'return':
      return (timeline) => shareBack(timeline, recipe.days * DAY_MS);
    case 'absence':
      return (timeline) => absenceHours(timeline, recipe.quantile);
    case 'click_through':
      return recipe.form === 'common' ? null : (timeline) => clickThrough(timeline, recipe.form === 'examined');
    case 'outcome':
      return recipe.of === 'value' ? null : ({ userId }) => judged.get(recipe.definition)?.get(userId) ?? null;
  }
};
