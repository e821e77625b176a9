/** Share of what is relevant that was returned. */

import type { Measure } from './measure.ts';
import { relevantCount, relevantFound } from './relevant.ts';

/** Relevant documents among the first k, divided by all relevant ones, be they more than k: trec_eval's recall. */
export const recall = (cutoff: number): Measure => ({
  name: `recall@${cutoff}`,
  cutoff,
  compute: (ranking, judgments) => {
    const relevant = relevantCount(judgments);
    return relevant === 0 ? undefined : relevantFound(ranking, judgments, cutoff) / relevant;
  },
});
