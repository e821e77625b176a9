/** What is new: just released, or just added to a catalogue that was there before. */

import { HOUR_MS } from '#domain';
import { FRESH_HERE_MS, FRESH_RELEASE_MS, isFreshHere, isFreshRelease } from '#policy';
import { scoresOf } from '../scores.ts';
import type { PageContext, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

/** Of a large catalogue the newest so many are looked at, and all by artists the listener plays. */
const MOST_CONSIDERED = 500;

export const fresh = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, now } = context;
  const { catalogue } = taste;
  const places = freshPlaces(context);
  const { scores, stage } = scoresOf(taste, places);
  const top = Math.max(...scores, Number.MIN_VALUE);
  const scored = places.map((place, n) => {
    const artist = catalogue.artist(place);
    const known = artist < 0 ? 0 : Math.log1p(taste.artists.get(artist) ?? 0);
    return { place, score: Math.max(0, scores[n]!) / top + known, stage };
  });
  return planShelf(context, { shelf: 'fresh', title: 'Fresh', source: 'fresh' }, scored, (place) => {
    const itemId = catalogue.id(place);
    const releasedOn = facts.catalogue.releasedOn(itemId);
    if (releasedOn !== null && isFreshRelease(catalogue.releasedAt(place), now)) {
      const artist = catalogue.artistId(place);
      const artistPlays = artist === null ? 0 : facts.listener.artistPlays(artist);
      return { kind: 'fresh_release', releasedOn, artist, artistPlays };
    }
    const addedAt = facts.catalogue.addedAt(itemId);
    return addedAt === null ? null : { kind: 'fresh_here', addedAt };
  });
};

/** Looked up from the start of the hour, so that the catalogue is gone through once an hour and not once a page. */
const freshPlaces = ({ taste, now }: PageContext): readonly number[] => {
  const { catalogue, listener } = taste;
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const { released, added } = catalogue.since(hour - FRESH_RELEASE_MS, hour - FRESH_HERE_MS);
  const isFresh = (place: number): boolean =>
    isFreshRelease(catalogue.releasedAt(place), now) ||
    (added.length > 0 && isFreshHere(catalogue.addedAt(place), now));
  const places = new Set<number>();
  const consider = (place: number): void => {
    if (isFresh(place) && !listener.hasMet(place) && taste.isServable(place)) places.add(place);
  };
  // Where there are few all are looked at below.
  const areMany = released.length + added.length > MOST_CONSIDERED;
  for (const artist of areMany ? taste.artists.keys() : []) {
    for (const place of catalogue.worksOf(artist)) consider(place);
  }
  for (const newest of [released, added]) {
    for (const place of newest) {
      if (places.size >= MOST_CONSIDERED) break;
      consider(place);
    }
  }
  return [...places];
};
