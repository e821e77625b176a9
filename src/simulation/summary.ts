/** What a run comes to: short-term measures a service can see, and the truth in the long run, with intervals. */

import type { Estimate } from '#domain';
import { Moments, meanEstimate, PairMoments, ratioEstimate } from '#stats';
import { cutTo, onLogitScale } from './share-interval.ts';
import { type Metric, metricOf } from './tally.ts';

/** Measured per listener; a listener is the unit of every interval. */
export interface RunCounts {
  readonly listeners: number;
  readonly weeks: number;
  readonly days: number;
  /** listeners × weeks × metrics, as `Tally` has them. */
  readonly cells: Float64Array;
}

export const MEASURES = [
  'chosen_first_week',
  'chosen',
  'clicks_first_week',
  'clicks',
  'plays_per_session',
  'skip_rate',
  'session_utility',
  'active_days',
  'still_here',
  'utility_first_week',
  'utility',
] as const;
export type Measure = (typeof MEASURES)[number];

/** What each measure is; `truth` marks those that no log can show. */
export const MEASURE_DOCS: Readonly<Record<Measure, { readonly doc: string; readonly truth: boolean }>> = {
  chosen_first_week: { doc: 'share of pages on which something was chosen, in the first week', truth: false },
  chosen: { doc: 'share of pages on which something was chosen', truth: false },
  clicks_first_week: { doc: 'cards chosen per listener in the first week', truth: false },
  clicks: { doc: 'cards chosen per listener and week', truth: false },
  plays_per_session: { doc: 'plays per session', truth: false },
  skip_rate: { doc: 'share of plays that were skipped', truth: false },
  session_utility: { doc: 'true utility of a session, in [0, 1]', truth: true },
  active_days: { doc: 'days with a session per listener and week', truth: false },
  still_here: { doc: 'share of listeners with a session in the last two weeks', truth: false },
  utility_first_week: { doc: 'true utility per listener and day in the first week', truth: true },
  utility: { doc: 'true utility per listener and day over the whole time', truth: true },
};

export type Summary = Readonly<Record<Measure, Estimate>>;

/** Sums of a metric per listener over weeks `[from, to)`. */
export const perListener = (counts: RunCounts, metric: Metric, from = 0, to = counts.weeks): Float64Array => {
  const values = metricOf(counts.cells, metric);
  const sums = new Float64Array(counts.listeners);
  for (let n = 0; n < counts.listeners; n++) {
    for (let week = from; week < to; week++) sums[n]! += values[n * counts.weeks + week]!;
  }
  return sums;
};

/** One value a listener for those measures that are means over listeners; null for ratios. */
export const valuesOf = (counts: RunCounts, measure: Measure): Float64Array | null => {
  const weeks = counts.days / 7;
  const scaled = (values: Float64Array, by: number): Float64Array => values.map((value) => value / by);
  switch (measure) {
    case 'clicks_first_week':
      return perListener(counts, 'clicks', 0, 1);
    case 'clicks':
      return scaled(perListener(counts, 'clicks'), weeks);
    case 'active_days':
      return scaled(perListener(counts, 'days'), weeks);
    case 'still_here':
      return perListener(counts, 'sessions', Math.max(0, counts.weeks - 2)).map((sessions) => (sessions > 0 ? 1 : 0));
    case 'utility_first_week':
      return scaled(perListener(counts, 'utility', 0, 1), Math.min(7, counts.days));
    case 'utility':
      return scaled(perListener(counts, 'utility'), counts.days);
    default:
      return null;
  }
};

const ratio = (counts: RunCounts, above: Metric, below: Metric, to = counts.weeks): Estimate => {
  const pairs = new PairMoments();
  const y = perListener(counts, above, 0, to);
  const x = perListener(counts, below, 0, to);
  for (let n = 0; n < y.length; n++) pairs.add(x[n]!, y[n]!);
  return ratioEstimate(pairs);
};

/** Measures that are shares: their intervals stay within 0 and 1. */
const SHARES: ReadonlySet<Measure> = new Set([
  'chosen_first_week',
  'chosen',
  'skip_rate',
  'session_utility',
  'still_here',
]);

/** Measures that count something: never below zero. True utility can be. */
const COUNTS: ReadonlySet<Measure> = new Set(['clicks_first_week', 'clicks', 'plays_per_session', 'active_days']);

/** The estimate of that measure with an interval that lies where the measure can. */
export const inRange = (name: Measure, estimate: Estimate): Estimate => {
  if (SHARES.has(name)) return onLogitScale(estimate);
  return COUNTS.has(name) ? cutTo(estimate, 0, name === 'active_days' ? 7 : Number.POSITIVE_INFINITY) : estimate;
};

/** The same of a difference of two values of that measure. */
export const differenceInRange = (name: Measure, estimate: Estimate): Estimate => {
  if (SHARES.has(name)) return cutTo(estimate, -1, 1);
  return name === 'active_days' ? cutTo(estimate, -7, 7) : estimate;
};

const measure = (counts: RunCounts, name: Measure): Estimate => {
  const values = valuesOf(counts, name);
  if (values !== null) return meanEstimate(Moments.of(values));
  switch (name) {
    case 'chosen_first_week':
      return ratio(counts, 'clicks', 'slates', 1);
    case 'chosen':
      return ratio(counts, 'clicks', 'slates');
    case 'plays_per_session':
      return ratio(counts, 'plays', 'sessions');
    case 'skip_rate':
      return ratio(counts, 'skips', 'plays');
    case 'session_utility':
      return ratio(counts, 'utility', 'sessions');
    default:
      throw new RangeError(`measure ${name}: expected one of MEASURES`);
  }
};

export const summarize = (counts: RunCounts): Summary =>
  Object.fromEntries(MEASURES.map((name) => [name, inRange(name, measure(counts, name))])) as Summary;

/** A mean over listeners week by week, with its interval: what curves are drawn of. */
export const weekly = (counts: RunCounts, metric: Metric): readonly Estimate[] =>
  Array.from({ length: counts.weeks }, (_, week) =>
    meanEstimate(Moments.of(perListener(counts, metric, week, week + 1))),
  );
