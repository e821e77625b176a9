/** What is new: just released, or just added to a catalogue that was there before. */

import { HOUR_MS } from '#domain';
import { FRESH_HERE_MS, FRESH_RELEASE_MS, isFreshHere, isFreshRelease } from '#policy';
import type { PageContext, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

/** Where more of the catalogue than this was just added, being added says nothing: it was imported. */
const MOST_ADDED = 0.2;

export const fresh = (context: PageContext): ShelfPlan | null => {
  const { taste, facts } = context;
  const { catalogue, listener } = taste;
  const { released, added } = freshPlaces(context);
  const places = [...new Set([...released, ...added])].filter(
    (place) => !listener.hasMet(place) && taste.isServable(place),
  );
  const { scores, stage } = taste.scores(places);
  const top = Math.max(...scores, Number.MIN_VALUE);
  const scored = places.map((place, n) => {
    const artist = catalogue.artist(place);
    const known = artist < 0 ? 0 : Math.log1p(taste.artists.get(artist) ?? 0);
    return { place, score: Math.max(0, scores[n]!) / top + known, stage };
  });
  const isReleased = new Set(released);
  return planShelf(context, { shelf: 'fresh', title: 'Fresh', source: 'fresh' }, scored, (place) => {
    const itemId = catalogue.id(place);
    const releasedOn = facts.catalogue.releasedOn(itemId);
    if (releasedOn !== null && isReleased.has(place)) {
      const artist = catalogue.artistId(place);
      const artistPlays = artist === null ? 0 : facts.listener.artistPlays(artist);
      return { kind: 'fresh_release', releasedOn, artist, artistPlays };
    }
    const addedAt = facts.catalogue.addedAt(itemId);
    return addedAt === null ? null : { kind: 'fresh_here', addedAt };
  });
};

/** Looked up from the start of the hour, so that the catalogue is gone through once an hour and not once a page. */
const freshPlaces = ({ taste: { catalogue }, now }: PageContext) => {
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const since = catalogue.since(hour - FRESH_RELEASE_MS, hour - FRESH_HERE_MS);
  const released = since.released.filter((place) => isFreshRelease(catalogue.releasedAt(place), now));
  const added = since.added.filter((place) => isFreshHere(catalogue.addedAt(place), now));
  return { released, added: added.length > MOST_ADDED * catalogue.known ? [] : added };
};
