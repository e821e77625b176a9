/** Counts of relevant documents: those with a gain above 0. */

import type { Judgments } from './measure.ts';

export const relevantCount = <Id>(judgments: Judgments<Id>): number => {
  let count = 0;
  for (const gain of judgments.values()) if (gain > 0) count++;
  return count;
};

export const relevantFound = <Id>(ranking: ArrayLike<Id>, judgments: Judgments<Id>, cutoff: number): number => {
  let count = 0;
  for (let n = 0; n < Math.min(cutoff, ranking.length); n++) if ((judgments.get(ranking[n]!) ?? 0) > 0) count++;
  return count;
};
