/** Shelves of what the listener has played. */

import { DAY_MS } from '#domain';
import { type Claim, FORGOTTEN_AFTER_MS } from '#policy';
import { SKIPS } from '../item-counts.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

/** What is played now cools with this half-life. */
const COOLING_MS = 14 * DAY_MS;
/** Weight of an item whose plays have no times, beside one played just now. */
const TIMELESS = 0.5;
/** Played at least so often, it was something to the listener. */
const LEAST_PLAYS = 2;

/** What the listener plays now: often, lately, and to the end. */
export const jumpBackIn = (context: PageContext): ShelfPlan | null => {
  const { taste, now } = context;
  const { listener } = taste;
  const scored: ScoredPlace[] = [];
  for (const place of playedPlaces(context)) {
    const lastAt = listener.lastListenAt(place);
    const age = lastAt === null ? null : now - lastAt;
    if (age !== null && age >= FORGOTTEN_AFTER_MS) continue;
    const warmth = age === null ? TIMELESS : 2 ** (-Math.max(0, age) / COOLING_MS);
    const liked = listener.opinions.wants(place) ? 1.5 : 1;
    scored.push({ place, score: liked * warmth * strength(context, place), stage: 'recent_plays' });
  }
  const words = { shelf: 'jump_back_in', title: 'Jump back in', source: 'familiar' } as const;
  return planShelf(context, words, scored, (place) => playedItem(context, place));
};

/** What the listener played often and has not played for four weeks or longer. */
export const forgotten = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, now } = context;
  const { listener, catalogue } = taste;
  const scored: ScoredPlace[] = [];
  for (const place of playedPlaces(context)) {
    const lastAt = listener.lastListenAt(place);
    if (lastAt === null || now - lastAt < FORGOTTEN_AFTER_MS || listener.playsOf(place) < LEAST_PLAYS) continue;
    scored.push({ place, score: strength(context, place), stage: 'past_plays' });
  }
  return planShelf(
    context,
    { shelf: 'forgotten', title: 'Forgotten favourites', source: 'forgotten' },
    scored,
    (place) => {
      const item = catalogue.id(place);
      const lastAt = facts.listener.lastPlayedAt(item);
      return lastAt === null ? null : { kind: 'forgotten', plays: facts.listener.playsOf(item), lastAt };
    },
  );
};

/** What the listener has played most, whenever it was; shown where it does not stand higher on the page. */
export const allTime = (context: PageContext): ShelfPlan | null => {
  const scored = playedPlaces(context)
    .filter((place) => context.taste.listener.playsOf(place) >= LEAST_PLAYS)
    .map((place) => ({ place, score: strength(context, place), stage: 'past_plays' }));
  const words = { shelf: 'all_time', title: 'Played most of all', source: 'familiar' } as const;
  return planShelf(context, words, scored, (place) => playedItem(context, place));
};

const playedItem = ({ taste, facts }: PageContext, place: number): Claim | null => {
  const item = taste.catalogue.id(place);
  const plays = facts.listener.playsOf(item);
  return plays === 0 ? null : { kind: 'played_item', plays, lastAt: facts.listener.lastPlayedAt(item) };
};

const playedPlaces = ({ taste }: PageContext): readonly number[] => {
  const played: number[] = [];
  for (const place of taste.listener.items.places()) {
    if (taste.listener.playsOf(place) > 0 && taste.isServable(place)) played.push(place);
  }
  return played;
};

/** Plays, with diminishing returns, less for what is often skipped. */
const strength = ({ taste: { listener } }: PageContext, place: number): number => {
  const plays = listener.playsOf(place);
  return Math.log1p(plays) * (plays / (plays + listener.items.at(place, SKIPS)));
};
