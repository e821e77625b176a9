/** What others here play. */

import type { Claim } from '#policy';
import type { PageContext, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

/** Saying that one listener has played it would say who. */
const FEWEST_LISTENERS = 2;

export const popular = (context: PageContext): ShelfPlan | null => {
  const { taste } = context;
  if (taste.learned === null) return null;
  const { places, scores, stage } = taste.learned.popular;
  const scored = Array.from(places, (place, n) => ({ place, score: scores[n]!, stage })).filter(({ place }) =>
    taste.isServable(place),
  );
  const words = { shelf: 'popular', title: 'Popular here', source: 'popular' } as const;
  return planShelf(context, words, scored, (place) => popularClaim(context, place));
};

export const popularClaim = ({ taste, facts }: PageContext, place: number): Claim | null => {
  const listeners = facts.catalogue.listenersOf(taste.catalogue.id(place));
  return listeners < FEWEST_LISTENERS ? null : { kind: 'popular', listeners };
};
