/** Two policies week by week over the same worlds: where the short term and the long term part. */

import type { Estimate } from '#domain';
import { Moments, meanEstimate } from '#stats';
import { onLogitScale } from './share-interval.ts';
import { perListener, type RunCounts } from './summary.ts';

/** What is drawn; `truth` marks what no log can show. */
export const WEEK_CURVES = {
  clicks: { doc: 'cards chosen per listener and day', truth: false },
  active: { doc: 'share of listeners with a session in the week', truth: false },
  utility: { doc: 'true utility per listener and day', truth: true },
} as const satisfies Readonly<Record<string, { readonly doc: string; readonly truth: boolean }>>;

export type WeekCurve = keyof typeof WEEK_CURVES;
export const WEEK_CURVE_NAMES = Object.keys(WEEK_CURVES) as readonly WeekCurve[];

/** One estimate a week. Worlds are the units: listeners of one world share a catalogue and a service. */
export interface ComparedCurve {
  readonly name: WeekCurve;
  readonly first: readonly Estimate[];
  readonly second: readonly Estimate[];
  /** Second minus first in the same world with the same people: paired. */
  readonly difference: readonly Estimate[];
}

/** `first[n]` and `second[n]` are counts of the same world, of whole weeks; from two worlds on there are intervals. */
export const compareWeeks = (first: readonly RunCounts[], second: readonly RunCounts[]): readonly ComparedCurve[] =>
  WEEK_CURVE_NAMES.map((name) => {
    const one = first.map((counts) => weekMeans(counts, name));
    const other = second.map((counts) => weekMeans(counts, name));
    const weeks = Array.from({ length: first[0]?.weeks ?? 0 }, (_, week) => week);
    const over = (values: readonly number[]): Estimate => meanEstimate(Moments.of(values));
    const level = (values: readonly number[]): Estimate =>
      name === 'active' ? onLogitScale(over(values)) : over(values);
    return {
      name,
      first: weeks.map((week) => level(one.map((means) => means[week]!))),
      second: weeks.map((week) => level(other.map((means) => means[week]!))),
      difference: weeks.map((week) => over(other.map((means, n) => means[week]! - one[n]![week]!))),
    };
  });

/** A curve of one world: the mean over its listeners, week by week. */
const weekMeans = (counts: RunCounts, name: WeekCurve): readonly number[] =>
  Array.from({ length: counts.weeks }, (_, week) => {
    const sums = perListener(counts, name === 'active' ? 'sessions' : name, week, week + 1);
    const total = sums.reduce((sum, value) => sum + (name === 'active' ? Number(value > 0) : value / 7), 0);
    return total / counts.listeners;
  });
