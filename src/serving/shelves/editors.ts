/** One shelf a pool: editors choose what is in it, the listener's taste in which order. */

import { scoresOf } from '../scores.ts';
import type { PageContext, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

const MOST_POOLS = 3;

export const editorShelves = (context: PageContext): readonly ShelfPlan[] => {
  const { taste } = context;
  const { catalogue } = taste;
  return catalogue
    .pools()
    .map((pool) => {
      const places = [...pool.items].map((id) => catalogue.place(id)).filter((place) => taste.refusal(place) === null);
      const { scores, stage } = scoresOf(taste, places);
      const scored = places.map((place, n) => ({ place, score: scores[n]!, stage }));
      const words = { shelf: `editors:${pool.poolId.slice(0, 50)}`, title: pool.title, source: 'editorial' } as const;
      const plan = planShelf(context, words, scored, () => {
        return { kind: 'from_editors', pool: pool.poolId, title: pool.title };
      });
      if (plan === null) return null;
      // What editors meant the pool for says more than the general need.
      return pool.purpose === null ? plan : { ...plan, input: { ...plan.input, need: pool.purpose } };
    })
    .filter((plan) => plan !== null)
    .sort((a, b) => b.input.candidates[0]!.score - a.input.candidates[0]!.score)
    .slice(0, MOST_POOLS);
};
