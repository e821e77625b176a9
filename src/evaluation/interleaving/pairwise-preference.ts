/** Pairwise preference multileaving: credit for pairs that could have stood the other way about. */

import { checkRankings, type Interleaver, type Ranking } from './interleaver.ts';

/**
 * Pairwise preference multileaving [Oosterhuis2017], of any number of rankings: slot k draws evenly from the items that
 * some ranking has among its first k. From the slot where both of a pair may stand, either order is as likely; so when one
 * earned more there, each ranking that puts it above the other gains, and one that puts it below loses. A pair counts
 * 1 / the probability that neither was placed before that slot.
 */
export const pairwisePreference: Interleaver = {
  name: 'pairwise_preference',
  interleave: (rankings, length, rng) => {
    checkRankings('pairwise_preference', rankings, Number.POSITIVE_INFINITY);
    const bestRank = bestRanks(rankings);
    const items: number[] = [];
    const choices: number[] = [];
    const placed = new Set<number>();
    while (items.length < Math.min(length, bestRank.size)) {
      const open = [...bestRank].filter(([item, rank]) => rank <= items.length && !placed.has(item));
      const [item] = open[rng.int(open.length)]!;
      choices.push(open.length);
      items.push(item);
      placed.add(item);
    }
    const credit = (slots: ArrayLike<number>): readonly number[] =>
      creditPairs({ rankings, items, choices, bestRank }, slots);
    return { items, credit };
  },
};

/** Best place (from 0) of each item in any ranking. */
const bestRanks = (rankings: readonly Ranking[]): Map<number, number> => {
  const best = new Map<number, number>();
  for (const ranking of rankings) {
    ranking.forEach((item, rank) => void best.set(item, Math.min(rank, best.get(item) ?? rank)));
  }
  return best;
};

interface Made {
  readonly rankings: readonly Ranking[];
  readonly items: readonly number[];
  /** Items that could have been drawn at each slot. */
  readonly choices: readonly number[];
  readonly bestRank: ReadonlyMap<number, number>;
}

const creditPairs = ({ rankings, items, choices, bestRank }: Made, slots: ArrayLike<number>): readonly number[] => {
  const ranks = rankings.map((ranking) => new Map(ranking.map((item, rank) => [item, rank])));
  const credits = rankings.map(() => 0);
  for (let upper = 0; upper < items.length; upper++) {
    for (let lower = upper + 1; lower < items.length; lower++) {
      const difference = slots[upper]! - slots[lower]!;
      if (difference === 0) continue;
      const [first, second] = [items[upper]!, items[lower]!];
      const from = Math.max(bestRank.get(first)!, bestRank.get(second)!);
      if (upper < from) continue;
      const weight = difference / chanceUnplaced(choices, Math.min(bestRank.get(first)!, bestRank.get(second)!), from);
      ranks.forEach((rankOf, n) => {
        const above = (rankOf.get(first) ?? rankOf.size) - (rankOf.get(second) ?? rankOf.size);
        credits[n]! -= weight * Math.sign(above);
      });
    }
  }
  return credits;
};

/** That an item which may stand from slot `opens` on was not drawn before slot `from`. */
const chanceUnplaced = (choices: readonly number[], opens: number, from: number): number => {
  let chance = 1;
  for (let slot = opens; slot < from; slot++) chance *= 1 - 1 / choices[slot]!;
  return chance;
};
