/** Rankings for questions that mean several things: what was said before gains less. */

import { discounted } from './dcg.ts';

/** By rank, the aspects of the question (intents, subtopics) that the document speaks of, as numbers from 0. */
export type AspectRanking = readonly (readonly number[])[];

/** Σ of discounted novel gains: the nth document on an aspect gains (1 - α)^(n - 1) [Clarke2008, eq. 6]. */
export const alphaDcg = (ranking: AspectRanking, alpha: number, cutoff: number): number => {
  const seen: number[] = [];
  let sum = 0;
  for (const [n, aspects] of ranking.slice(0, cutoff).entries()) {
    let gain = 0;
    for (const aspect of aspects) {
      gain += (1 - alpha) ** (seen[aspect] ?? 0);
      seen[aspect] = (seen[aspect] ?? 0) + 1;
    }
    sum += discounted(gain, n);
  }
  return sum;
};

/**
 * α-DCG of the best ordering that a greedy choice finds: at each rank the document that gains most, the first of equal ones.
 * The exact best is NP-hard; the greedy one is what α-nDCG is normalized by [Clarke2008]. O(cutoff · documents · aspects).
 */
export const greedyAlphaDcg = (documents: AspectRanking, alpha: number, cutoff: number): number => {
  const left = documents.map((aspects) => ({ aspects }));
  const seen: number[] = [];
  const chosen: (readonly number[])[] = [];
  while (chosen.length < cutoff && left.length > 0) {
    const gains = left.map(({ aspects }) =>
      aspects.reduce((sum, aspect) => sum + (1 - alpha) ** (seen[aspect] ?? 0), 0),
    );
    const best = gains.reduce((top, gain, n) => (gain > gains[top]! ? n : top), 0);
    const [{ aspects }] = left.splice(best, 1) as [{ aspects: readonly number[] }];
    for (const aspect of aspects) seen[aspect] = (seen[aspect] ?? 0) + 1;
    chosen.push(aspects);
  }
  return alphaDcg(chosen, alpha, cutoff);
};
