/** A listener who gives up: tolerance to irrelevance [DeVries2004]. */

import { overlapWith, type RetrievedPart, type Span, unionOf } from './parts.ts';

/**
 * What one part did to a listener who starts at its jump-in point and goes on as long as fewer than `tolerance` seconds
 * pass without anything relevant that is new: `gained` seconds heard for the first time that are relevant, of `heard`
 * seconds in all.
 */
export interface ToleratedPart {
  readonly heard: number;
  readonly gained: number;
}

/**
 * Plays a ranking to that listener, part after part. A point that was heard before is skipped at once, at no cost. Within
 * relevant sound the listener stays to its end, also beyond the end of the part; without it, `tolerance` seconds pass.
 */
export const tolerantListening = (
  ranking: readonly RetrievedPart[],
  relevant: ReadonlyMap<string, readonly Span[]>,
  tolerance: number,
): ToleratedPart[] => {
  const heard = new Map<string, Span[]>();
  return ranking.map(({ source, jumpIn }) => {
    const before = heard.get(source) ?? [];
    if (before.some(([start, end]) => start <= jumpIn && jumpIn < end)) return { heard: 0, gained: 0 };
    const spans = relevant.get(source) ?? [];
    let end = jumpIn;
    for (const [start, stop] of spans) {
      // The patience that is left at `end` is whole again after each relevant span.
      if (stop > end && start < end + tolerance) end = stop;
    }
    // Nothing relevant followed in time: the patience is spent.
    const session: Span = [jumpIn, end + tolerance];
    const fresh = overlapWith(spans, session) - overlapOfUnions(spans, before, session);
    heard.set(source, unionOf([...before, session]));
    return { heard: session[1] - session[0], gained: fresh };
  });
};

/** Relevant seconds of a session that were heard before. */
const overlapOfUnions = (spans: readonly Span[], before: readonly Span[], [from, to]: Span): number =>
  before.reduce((sum, [start, end]) => sum + overlapWith(spans, [Math.max(start, from), Math.min(end, to)]), 0);

/** Share of the seconds heard that were relevant and new, over the first `ranks` parts; 0 when nothing was heard. */
export const tolerancePrecisionAt = (parts: readonly ToleratedPart[], ranks: number): number => {
  const first = parts.slice(0, ranks);
  const heard = first.reduce((sum, part) => sum + part.heard, 0);
  return heard > 0 ? first.reduce((sum, part) => sum + part.gained, 0) / heard : 0;
};
