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

/** Like one of the listener's favourites, and not what they play now. */
export const again = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, now } = context;
  const { listener, catalogue, learned } = taste;
  if (learned === null) return null;
  const isResting = (place: number): boolean => {
    const lastAt = listener.lastListenAt(place);
    return lastAt !== null && now - lastAt >= FORGOTTEN_AFTER_MS && taste.isServable(place);
  };
  for (const seed of drawnFavourites(context)) {
    const scored = inTiers(learned.similar(seed), (place) => place !== seed && isResting(place));
    const item = catalogue.id(seed);
    const words = { shelf: 'again', title: `Goes with ${catalogue.titleOf(seed)}`, source: 'forgotten' } as const;
    const plan = planShelf(context, words, scored, () => {
      return { kind: 'because_played', item, plays: facts.listener.playsOf(item) };
    });
    if (plan !== null) return plan;
  }
  return null;
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
