/** Optimized interleaving: the lists that could be shown, and the most telling unbiased mix of them. */

import { checkRankings, type Interleaver, type Ranking } from './interleaver.ts';
import { maximize } from './linear-program.ts';

/** 2^length lists at most: beyond this the program is no longer small. */
const LONGEST = 8;

/**
 * Optimized interleaving [Radlinski2013] of two rankings: every list whose next item is always the first left of one of
 * the rankings may be shown; an item's credit is the difference of its inverse ranks. The probabilities of the lists are
 * such that at every cut the expected credit is 0, so that random clicks favour nobody, and such that the outcome is as
 * uncertain as can be when clicks fall as 1 / slot. So many of the first 8 slots are decided so as there is such a mix for;
 * those below are filled by turns and earn no credit.
 */
export const optimized: Interleaver = {
  name: 'optimized',
  interleave: (rankings, length, rng) => {
    checkRankings('optimized', rankings, 2);
    const [first = [], second = []] = rankings;
    const { lists, credits, probabilities } = decide(first, second, Math.min(length, LONGEST));
    const chosen = draw(probabilities, rng.next());
    const items = complete(lists[chosen]!, first, second, length);
    const own = credits[chosen]!;
    const credit = (slots: ArrayLike<number>): readonly number[] => {
      const difference = own.reduce((sum, value, slot) => sum + value * slots[slot]!, 0);
      return [difference / 2, -difference / 2];
    };
    return { items, credit };
  },
};

/** Deciding nothing is always unbiased, so this ends. */
const decide = (first: Ranking, second: Ranking, deepest: number) => {
  for (let depth = deepest; ; depth--) {
    const lists = allowedLists(first, second, depth);
    const credits = lists.map((list) => list.map((item) => creditOf(item, first, second)));
    const probabilities = unbiasedMix(credits);
    if (probabilities !== undefined) return { lists, credits, probabilities };
  }
};

const allowedLists = (first: Ranking, second: Ranking, length: number): readonly (readonly number[])[] => {
  let lists: number[][] = [[]];
  for (let slot = 0; slot < length; slot++) {
    const longer = lists.flatMap((list) =>
      [...new Set([nextOf(first, list), nextOf(second, list)])].flatMap((item) =>
        item === undefined ? [] : [[...list, item]],
      ),
    );
    if (longer.length === 0) break;
    lists = longer;
  }
  return lists;
};

const nextOf = (ranking: Ranking, list: readonly number[]): number | undefined =>
  ranking.find((item) => !list.includes(item));

/** 1 / rank in the first − 1 / rank in the second; what a ranking lacks stands one below its last. */
const creditOf = (item: number, first: Ranking, second: Ranking): number =>
  inverseRank(first, item) - inverseRank(second, item);

const inverseRank = (ranking: Ranking, item: number): number => {
  const place = ranking.indexOf(item);
  return 1 / ((place === -1 ? ranking.length : place) + 1);
};

/** Probabilities of lists: Σ p = 1, and Σ p · credit of the first k slots = 0 for every k; undefined when there are none. */
const unbiasedMix = (credits: readonly (readonly number[])[]): Float64Array | undefined => {
  const depth = credits[0]!.length;
  const a = new Float64Array((depth + 1) * credits.length);
  const b = new Float64Array(depth + 1);
  b[depth] = 1;
  credits.forEach((own, list) => {
    let sum = 0;
    for (let slot = 0; slot < depth; slot++) {
      sum += own[slot]!;
      a[slot * credits.length + list] = sum;
    }
    a[depth * credits.length + list] = 1;
  });
  return maximize(a, b, Float64Array.from(credits, uncertainty));
};

/** Entropy of who wins, or nobody, when one slot is clicked with chances falling as 1 / slot. */
const uncertainty = (credits: readonly number[]): number => {
  const chances = [0, 0, 0];
  credits.forEach((credit, slot) => {
    chances[Math.sign(credit) + 1]! += 1 / (slot + 1);
  });
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return total === 0
    ? 0
    : -chances.reduce((sum, chance) => sum + (chance > 0 ? (chance / total) * Math.log(chance / total) : 0), 0);
};

const draw = (probabilities: Float64Array, uniform: number): number => {
  let left = uniform * probabilities.reduce((sum, probability) => sum + probability, 0);
  let last = 0;
  for (let n = 0; n < probabilities.length; n++) {
    if (probabilities[n] === 0) continue;
    last = n;
    left -= probabilities[n]!;
    if (left < 0) break;
  }
  return last;
};

/** Slots below those that were decided, by turns. */
const complete = (list: readonly number[], first: Ranking, second: Ranking, length: number): readonly number[] => {
  const items = [...list];
  while (items.length < length) {
    const own = items.length % 2 === 0 ? [first, second] : [second, first];
    const item = nextOf(own[0]!, items) ?? nextOf(own[1]!, items);
    if (item === undefined) break;
    items.push(item);
  }
  return items;
};
