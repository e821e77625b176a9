/** Lists of many listeners, judged by all that is not accuracy. */

import type { Estimate } from '#domain';
import type { Rng } from '#math';
import { bootstrapEstimate, meanEstimate } from '#stats';
import { calibrationError } from './calibration-error.ts';
import { gini } from './concentration.ts';
import { generalistSpecialistScore } from './generalist.ts';
import { intraListDiversity, novelty, popularityLift, serendipity } from './list-qualities.ts';

/** One listener: what was recommended, what they play, and what of the list proved useful. Items are numbers from 0. */
export interface ListenerLists {
  readonly list: ArrayLike<number>;
  /** Own items and how often each was played. */
  readonly own: ArrayLike<number>;
  readonly plays: ArrayLike<number>;
  /** Undefined when nobody judged: then serendipity is. */
  readonly useful: ReadonlySet<number> | undefined;
}

/** What is known of items, by number. */
export interface ItemFacts {
  readonly items: number;
  /** Share of listeners who know the item, in (0, 1]. */
  readonly knownBy: (item: number) => number;
  /** Unit vector of the item; undefined when nothing is known of it. */
  readonly vector: (item: number) => ArrayLike<number> | undefined;
  /** Genres of the item, from 0, each with the same share of it; and how many there are. */
  readonly genresOf: (item: number) => readonly number[];
  readonly genres: number;
  /** What an obvious recommender would have given to anyone. */
  readonly obvious: ReadonlySet<number>;
}

/** Measures of single listeners by name; undefined where one has no value. */
export type ListenerMeasures = Readonly<Record<ListenerMeasureName, number | undefined>>;

export const LISTENER_MEASURES = [
  'novelty',
  'intra_list_diversity',
  'calibration_error',
  'serendipity',
  'popularity_lift',
  'gs_score',
] as const;
export type ListenerMeasureName = (typeof LISTENER_MEASURES)[number];

export interface BeyondAccuracyReport {
  readonly listeners: readonly ListenerMeasures[];
  /** Means over the listeners for whom a measure is defined, with Student's interval. */
  readonly means: Readonly<Record<ListenerMeasureName, Estimate>>;
  /** Share of the catalogue that is in some list, and Gini of how often each item is: bootstrap over listeners. */
  readonly coverage: Estimate;
  readonly gini: Estimate;
}

/**
 * All measures at once. Coverage grows with the number of listeners: its bootstrap interval, taken over draws that hold fewer
 * different listeners, lies low of it, so compare only with as many listeners. O(listeners · list² + resamples · plays).
 */
export const beyondAccuracy = (
  listeners: readonly ListenerLists[],
  facts: ItemFacts,
  rng: Rng,
  resamples = 500,
): BeyondAccuracyReport => {
  const measured = listeners.map((listener) => measuresOf(listener, facts));
  const counts = (indices: Uint32Array): Float64Array => {
    const shown = new Float64Array(facts.items);
    for (const index of indices) for (const item of Array.from(listeners[index]!.list)) shown[item]!++;
    return shown;
  };
  const overListeners = (label: string, statistic: (shown: Float64Array) => number): Estimate =>
    bootstrapEstimate(listeners.length, (indices) => statistic(counts(indices)), rng.derive(label), {
      resamples,
      interval: 'percentile',
    });
  const means = Object.fromEntries(
    LISTENER_MEASURES.map((name) => [name, meanEstimate(measured.flatMap((values) => values[name] ?? []))]),
  ) as Record<ListenerMeasureName, Estimate>;
  return {
    listeners: measured,
    means,
    coverage: overListeners('coverage', (shown) => shown.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0) / facts.items),
    gini: overListeners('gini', (shown) => gini(shown) ?? Number.NaN),
  };
};

const measuresOf = ({ list, own, plays, useful }: ListenerLists, facts: ItemFacts): ListenerMeasures => ({
  novelty: novelty(list, facts.knownBy),
  intra_list_diversity: diversityOf(list, facts),
  calibration_error: calibrationOf(list, own, plays, facts),
  serendipity: useful && serendipity(list, useful, facts.obvious),
  popularity_lift: popularityLift(list, own, facts.knownBy),
  gs_score: scoreOf(own, plays, facts),
});

/** Of items whose vector is known. */
const diversityOf = (list: ArrayLike<number>, { vector }: ItemFacts): number | undefined => {
  const vectors = Array.from(list, vector).filter((one) => one !== undefined);
  const places = Array.from(vectors.keys());
  return intraListDiversity(places, (a, b) => 1 - inner(vectors[a]!, vectors[b]!));
};

const scoreOf = (own: ArrayLike<number>, plays: ArrayLike<number>, { vector }: ItemFacts): number | undefined => {
  const known = Array.from(own, (item, n) => ({ vector: vector(item), plays: plays[n]! })).flatMap((each) =>
    each.vector === undefined ? [] : [{ vector: each.vector, plays: each.plays }],
  );
  return generalistSpecialistScore(
    known.map((each) => each.vector),
    known.map((each) => each.plays),
  );
};

const inner = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
  return sum;
};

const calibrationOf = (
  list: ArrayLike<number>,
  own: ArrayLike<number>,
  plays: ArrayLike<number>,
  facts: ItemFacts,
): number | undefined => {
  const listener = genreShares(own, (n) => plays[n]!, facts);
  const shown = genreShares(list, () => 1, facts);
  return listener === undefined || shown === undefined ? undefined : calibrationError(listener, shown);
};

/** [Steck2018, eq. 1 to 3]; items without a genre are left out. */
const genreShares = (
  items: ArrayLike<number>,
  weightAt: (place: number) => number,
  { genresOf, genres }: ItemFacts,
): Float64Array | undefined => {
  const shares = new Float64Array(genres);
  let total = 0;
  for (let n = 0; n < items.length; n++) {
    const own = genresOf(items[n]!);
    for (const genre of own) shares[genre]! += weightAt(n) / own.length;
    if (own.length > 0) total += weightAt(n);
  }
  return total > 0 ? shares.map((share) => share / total) : undefined;
};
