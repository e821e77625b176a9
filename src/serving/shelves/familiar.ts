/** Shelves of what the listener has played. */

import { DAY_MS } from '#domain';
import { FORGOTTEN_AFTER_MS } from '#policy';
import { SKIPS } from '../item-counts.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

/** What is played now cools with this half-life. */
const COOLING_MS = 14 * DAY_MS;
/** Weight of an item whose plays have no times, beside one played just now. */
const TIMELESS = 0.5;
/** Played at least so often, it was something to the listener. */
const FORGOTTEN_PLAYS = 2;

/** What the listener plays now: often, lately, and to the end. */
export const jumpBackIn = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, now } = context;
  const { listener, catalogue } = taste;
  const scored: ScoredPlace[] = [];
  for (const place of playedPlaces(context)) {
    const lastAt = listener.lastListenAt(place);
    const age = lastAt === null ? null : now - lastAt;
    if (age !== null && age >= FORGOTTEN_AFTER_MS) continue;
    const warmth = age === null ? TIMELESS : 2 ** (-Math.max(0, age) / COOLING_MS);
    const liked = listener.opinions.wants(place) ? 1.5 : 1;
    scored.push({ place, score: liked * warmth * strength(context, place), stage: 'recent_plays' });
  }
  return planShelf(context, { shelf: 'jump_back_in', title: 'Jump back in', source: 'familiar' }, scored, (place) => {
    const item = catalogue.id(place);
    const plays = facts.listener.playsOf(item);
    return plays === 0 ? null : { kind: 'played_item', plays, lastAt: facts.listener.lastPlayedAt(item) };
  });
};

/** What the listener played often and has not played for four weeks or longer. */
export const forgotten = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, now } = context;
  const { listener, catalogue } = taste;
  const scored: ScoredPlace[] = [];
  for (const place of playedPlaces(context)) {
    const lastAt = listener.lastListenAt(place);
    if (lastAt === null || now - lastAt < FORGOTTEN_AFTER_MS || listener.playsOf(place) < FORGOTTEN_PLAYS) continue;
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

const playedPlaces = ({ taste }: PageContext): readonly number[] =>
  [...taste.listener.items.places()].filter((place) => taste.listener.playsOf(place) > 0 && taste.isServable(place));

/** Plays, with diminishing returns, less for what is often skipped. */
const strength = ({ taste: { listener } }: PageContext, place: number): number => {
  const plays = listener.playsOf(place);
  return Math.log1p(plays) * (plays / (plays + listener.items.at(place, SKIPS)));
};
