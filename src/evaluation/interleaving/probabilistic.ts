/** Probabilistic interleaving: every item has a chance at every slot, and credit is shared by chance. */

import type { Rng } from '#math';
import { checkRankings, type Interleaver, type Ranking } from './interleaver.ts';

/** Steepness of 1 / rank^τ, as published. */
const TAU = 3;

/**
 * Probabilistic interleaving with credit marginalised over assignments [Hofmann2011], of any number of rankings: each slot
 * picks a ranking at random, and an item from it with probability ∝ 1 / rank³ among those not yet placed. The item's
 * credit is shared as the probabilities with which the rankings would have placed it there.
 */
export const probabilistic: Interleaver = {
  name: 'probabilistic',
  interleave: (rankings, length, rng) => {
    checkRankings('probabilistic', rankings, Number.POSITIVE_INFINITY);
    const all = [...new Set(rankings.flat())];
    const placed = new Set<number>();
    const items: number[] = [];
    const shares: (readonly number[])[] = [];
    while (items.length < Math.min(length, all.length)) {
      const chances = rankings.map((ranking) => chancesOf(ranking, all, placed));
      const item = draw(chances[rng.int(rankings.length)]!, rng);
      const total = chances.reduce((sum, own) => sum + own.get(item)!, 0);
      shares.push(chances.map((own) => own.get(item)! / total));
      items.push(item);
      placed.add(item);
    }
    const credit = (slots: ArrayLike<number>): readonly number[] =>
      rankings.map((_, n) => shares.reduce((sum, share, slot) => sum + share[n]! * slots[slot]!, 0));
    return { items, credit };
  },
};

/** Probability of each item not yet placed; what a ranking lacks stands, for it, one below its last. */
const chancesOf = (ranking: Ranking, all: readonly number[], placed: ReadonlySet<number>): Map<number, number> => {
  const rankOf = new Map(ranking.map((item, place) => [item, place + 1]));
  const left = all.filter((item) => !placed.has(item));
  const weights = left.map((item) => 1 / (rankOf.get(item) ?? ranking.length + 1) ** TAU);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(left.map((item, n) => [item, weights[n]! / total]));
};

const draw = (chances: ReadonlyMap<number, number>, rng: Rng): number => {
  let left = rng.next();
  let last = 0;
  for (const [item, chance] of chances) {
    last = item;
    left -= chance;
    if (left < 0) break;
  }
  return last;
};
