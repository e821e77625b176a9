/** Shelves for a listener who has met most of what is here, as with one imported history: ways back into it. */

import { FORGOTTEN_AFTER_MS } from '#policy';
import { SKIPS } from '../item-counts.ts';
import { drawnFavourites } from './because.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelf-plan.ts';
import { inTiers, planShelf } from './shelf-plan.ts';

/** Heard so often or less, it has hardly been heard. */
const HARDLY = 1;
/** An artist heard so often is one the listener plays. */
const PLAYED_ARTIST = 5;

/** So many favourites, each of another artist, lead back to what goes with them. */
const LEADING = 6;

/** What goes with the listener's favourites, was played before, and has rested for a while. */
export const again = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, now } = context;
  const { listener, catalogue, learned } = taste;
  if (learned === null) return null;
  const isResting = (place: number): boolean => {
    const lastAt = listener.lastListenAt(place);
    return lastAt !== null && now - lastAt >= FORGOTTEN_AFTER_MS && taste.isServable(place);
  };
  const found = new Map<number, ScoredPlace & { readonly leader: number }>();
  for (const leader of leaders(context)) {
    for (const each of inTiers(learned.similar(leader), (place) => place !== leader && isResting(place))) {
      if ((found.get(each.place)?.score ?? 0) < each.score) found.set(each.place, { ...each, leader });
    }
  }
  const words = { shelf: 'again', title: 'Goes with your favourites', source: 'forgotten' } as const;
  return planShelf(context, words, [...found.values()], (place) => {
    const leader = found.get(place)?.leader;
    if (leader === undefined) return null;
    const item = catalogue.id(leader);
    return { kind: 'because_played', item, plays: facts.listener.playsOf(item) };
  });
};

/** The first favourites drawn, one an artist. */
const leaders = (context: PageContext): readonly number[] => {
  const { catalogue } = context.taste;
  const artists = new Set<number>();
  const favourites = drawnFavourites(context).filter((place) => {
    const artist = catalogue.artist(place);
    if (artist >= 0 && artists.has(artist)) return false;
    artists.add(artist);
    return true;
  });
  return favourites.slice(0, LEADING);
};

/** By artists the listener plays, heard once or only begun. */
export const hardlyHeard = (context: PageContext): ShelfPlan | null => {
  const { taste, facts } = context;
  const { listener, catalogue } = taste;
  const scored: ScoredPlace[] = [];
  for (const place of listener.items.places()) {
    const artistPlays = taste.artists.get(catalogue.artist(place)) ?? 0;
    if (artistPlays < PLAYED_ARTIST || listener.playsOf(place) > HARDLY || listener.items.at(place, SKIPS) > HARDLY) {
      continue;
    }
    if (taste.isServable(place)) scored.push({ place, score: Math.log1p(artistPlays), stage: 'past_plays' });
  }
  const words = { shelf: 'hardly_heard', title: 'Hardly heard', source: 'familiar' } as const;
  return planShelf(context, words, scored, (place) => {
    const artist = catalogue.artistId(place);
    return artist === null ? null : { kind: 'because_artist', artist, plays: facts.listener.artistPlays(artist) };
  });
};
