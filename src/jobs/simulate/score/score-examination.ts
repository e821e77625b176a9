/** The law of examination as it is measured in impressions, against how far listeners truly looked. */

import type { Estimate } from '#domain';
import { type BrowsingVisit, fitContinuation } from '#evaluation';
import type { Rng } from '#math';
import { bootstrapEstimate } from '#stats';
import { isExamined } from '#units';
import type { Timeline } from '../../success/timeline.ts';
import type { ScoredRun } from './read-scored-run.ts';

export interface ScoredExamination {
  readonly device: string;
  /** Cards of home pages that were truly looked at. */
  readonly looked: number;
  /** Share of those that count as examined by what the client saw. */
  readonly told: Estimate;
  /** Shelves of which a card was looked at, by impressions and truly. */
  readonly visits: number;
  readonly trueVisits: number;
  /** C(1), C(2), … along shelves: of those who looked at a slot the share that looked at the next, as far as both tell. */
  readonly law: readonly { readonly slot: number; readonly measured: Estimate; readonly truth: Estimate }[];
  /** Mean over those slots of the distance between measured and true share. */
  readonly error: Estimate;
}

/** Visits that a share of the law rests on at least. */
const LEAST_VISITS = 100;
const RESAMPLES = 200;

interface Seen {
  readonly device: string;
  readonly looked: number;
  readonly told: number;
  /** Deepest slot of each shelf by impressions, and truly. */
  readonly measured: readonly BrowsingVisit[];
  readonly truth: readonly BrowsingVisit[];
}

export const scoreExamination = (run: ScoredRun, rng: Rng): readonly ScoredExamination[] => {
  const pages = run.timelines.map((timeline) => seenOf(timeline, run.truth.looked));
  const devices = [...new Set(pages.flatMap((own) => own.map(({ device }) => device)))].sort();
  return devices.map((device) => {
    const byListener = pages.map((own) => own.filter((page) => page.device === device)).filter((own) => own.length > 0);
    const estimate = (name: string, of: (seen: readonly Seen[]) => number): Estimate =>
      bootstrapEstimate(
        byListener.length,
        (drawn) => of(Array.from(drawn, (n) => byListener[n]!).flat()),
        rng.derive(device, name),
        { resamples: RESAMPLES, interval: 'percentile' },
      );
    const all = byListener.flat();
    const law = lawOf(all);
    return {
      device,
      looked: all.reduce((sum, { looked }) => sum + looked, 0),
      told: estimate('told', toldShare),
      visits: all.reduce((sum, { measured }) => sum + measured.length, 0),
      trueVisits: all.reduce((sum, { truth }) => sum + truth.length, 0),
      law,
      error:
        law.length === 0
          ? { ok: false, reason: 'too_few_visits' }
          : estimate('error', (seen) => errorOf(seen, law.length)),
    };
  });
};

const toldShare = (seen: readonly Seen[]): number =>
  seen.reduce((sum, { told }) => sum + told, 0) / seen.reduce((sum, { looked }) => sum + looked, 0);

const lawOf = (seen: readonly Seen[]): ScoredExamination['law'] => {
  const [measured] = fitContinuation(
    seen.flatMap((page) => page.measured),
    LEAST_VISITS,
  );
  const [truth] = fitContinuation(
    seen.flatMap((page) => page.truth),
    LEAST_VISITS,
  );
  return (measured?.continuations ?? []).flatMap((share, n) => {
    const own = truth?.continuations[n];
    return own === undefined ? [] : [{ slot: n + 1, measured: share, truth: own }];
  });
};

const errorOf = (seen: readonly Seen[], slots: number): number => {
  const distances = lawOf(seen)
    .slice(0, slots)
    .flatMap(({ measured, truth }) => (measured.ok && truth.ok ? [Math.abs(measured.value - truth.value)] : []));
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
};

/** One entry a home page whose examination is known. */
const seenOf = ({ events }: Timeline, looked: ScoredRun['truth']['looked']): readonly Seen[] => {
  const examined = new Map<string, Set<string>>();
  for (const event of events) {
    if (event.kind !== 'impression' || isExamined(event) === false) continue;
    const own = examined.get(event.slateId);
    if (own === undefined) examined.set(event.slateId, new Set([event.itemId]));
    else own.add(event.itemId);
  }
  return events.flatMap((event) => {
    if (event.kind !== 'slate' || event.surface !== 'home') return [];
    const truly = looked.get(event.slateId);
    if (truly === undefined) return [];
    const { device = 'unknown', cards } = event;
    const told = examined.get(event.slateId) ?? new Set<string>();
    return [
      {
        device,
        looked: truly.size,
        told: told.size,
        measured: visitsOf(cards, told, device),
        truth: visitsOf(cards, truly, device),
      },
    ];
  });
};

/** One visit a shelf of which a card was looked at. */
const visitsOf = (
  cards: readonly { readonly row: number; readonly slot: number; readonly itemId: string }[],
  seen: ReadonlySet<string>,
  device: string,
): readonly BrowsingVisit[] => {
  const deepest = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const { row, slot, itemId } of cards) {
    ends.set(row, Math.max(ends.get(row) ?? 0, slot + 1));
    if (seen.has(itemId)) deepest.set(row, Math.max(deepest.get(row) ?? 0, slot + 1));
  }
  return [...deepest].map(([row, deepestRank]) => ({ device, deepestRank, atEnd: deepestRank === ends.get(row) }));
};
