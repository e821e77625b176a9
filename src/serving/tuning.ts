/** Where a radio stands: what leads it, what it turns away from, and how near each item is to that. */

import { itemTypeOf } from '#domain';
import type { RankedPlaces } from './learned.ts';
import type { RecentPlay } from './recent-plays.ts';
import type { ScoredPlace } from './shelves/shelf-plan.ts';
import type { Taste } from './taste.ts';

/** A play counts half after five more, as the centroid of a session does [Mehrotra2020]. */
const FADING = 0.5 ** (1 / 5);
const LEADING_PLAYS = 20;
const SEED_WEIGHT = 3;
/** Works that stand for an artist who is the seed, and favourites that stand in for a session. */
const STAND_INS = 10;
/** A skip pushes away as much as a listen draws near. */
const SKIP_WEIGHT = -1;
/** What a skip in the session leaves of everything by the artist. */
const AFTER_SKIP = 0.3;
/** The lasting taste beside the session's mood. */
const TASTE_WEIGHT = 0.3;
const POPULAR_WEIGHT = 0.02;

export interface Lead {
  readonly place: number;
  /** Negative for what was skipped. */
  readonly weight: number;
}

export interface Tuning {
  readonly seed: number | null;
  /** Oldest first; may be empty. */
  readonly session: readonly RecentPlay[];
  readonly leads: readonly Lead[];
}

/** The seed first, then the session from its last play back; without either, the listener's favourites. */
export const leadsOf = (taste: Taste, seed: number | null, session: readonly RecentPlay[]): readonly Lead[] => {
  const seeds = seed === null ? [] : seedLeads(taste, seed);
  const played = session
    .slice(-LEADING_PLAYS)
    .reverse()
    .map(({ place, skipped }, back) => ({ place, weight: (skipped ? SKIP_WEIGHT : 1) * FADING ** back }));
  const leads = [...seeds, ...played];
  if (leads.some((lead) => lead.weight > 0)) return leads;
  const favourites = Array.from(taste.weights().places.subarray(0, STAND_INS), (place) => ({ place, weight: 1 }));
  return [...favourites, ...leads];
};

/** An artist in a catalogue of tracks leads by their works. */
const seedLeads = (taste: Taste, seed: number): readonly Lead[] => {
  const { catalogue, learned } = taste;
  const isArtist = itemTypeOf(catalogue.id(seed)) === 'artist';
  const works = isArtist && learned?.mainType !== 'artist' ? catalogue.worksOf(seed) : [];
  if (works.length === 0) return [{ place: seed, weight: SEED_WEIGHT }];
  return works
    .map((place) => ({ place, listeners: learned?.listenersOf(place) ?? 0 }))
    .sort((a, b) => b.listeners - a.listeners || a.place - b.place)
    .slice(0, STAND_INS)
    .map(({ place }) => ({ place, weight: SEED_WEIGHT / Math.min(works.length, STAND_INS) }));
};

/**
 * Nearness of everything that anything speaks for: Σ over leads of weight · likeness, and a little of the listener's lasting
 * taste and of what is popular, so that the row does not end; less for artists skipped in the session. Not filtered.
 */
export const radioScores = (taste: Taste, { leads, session }: Tuning): readonly ScoredPlace[] => {
  const { learned, catalogue } = taste;
  if (learned === null) return [];
  const scores = new Map<number, ScoredPlace>();
  const add = ({ places, scores: values, stage }: RankedPlaces, weight: number): void => {
    const top = Math.max(values[0] ?? 0, Number.MIN_VALUE);
    for (const [n, place] of places.entries()) {
      const part = weight * Math.min(1, Math.max(0, values[n]! / top));
      const before = scores.get(place);
      scores.set(place, { place, score: (before?.score ?? 0) + part, stage: before?.stage ?? stage });
    }
  };
  for (const { place, weight } of leads) {
    const best = learned.mostSimilar(place);
    if (best !== null) add(best, weight);
  }
  const lasting = taste.ranking(0);
  if (lasting !== null) add(lasting, TASTE_WEIGHT);
  add(learned.popular, POPULAR_WEIGHT);
  const skips = skipsPerArtist(taste, session);
  return [...scores.values()].map((scored) => {
    const skipped = skips.get(catalogue.artist(scored.place)) ?? 0;
    // Below zero a factor under one would lift instead of lower.
    const factor = scored.score > 0 ? AFTER_SKIP ** skipped : AFTER_SKIP ** -skipped;
    return { ...scored, score: scored.score * factor };
  });
};

const skipsPerArtist = ({ catalogue }: Taste, session: readonly RecentPlay[]): ReadonlyMap<number, number> => {
  const skips = new Map<number, number>();
  for (const { place, skipped } of session) {
    const artist = catalogue.artist(place);
    if (skipped && artist >= 0) skips.set(artist, Math.min(3, (skips.get(artist) ?? 0) + 1));
  }
  return skips;
};
