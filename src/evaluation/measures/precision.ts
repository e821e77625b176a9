/** Share of what was returned that is relevant. */

import type { Measure } from './measure.ts';
import { relevantCount, relevantFound } from './relevant.ts';

/** Relevant documents among the first k, divided by k also when fewer were returned: trec_eval's P. */
export const precision = (cutoff: number): Measure => ({
  name: `precision@${cutoff}`,
  cutoff,
  compute: (ranking, judgments) =>
    relevantCount(judgments) === 0 ? undefined : relevantFound(ranking, judgments, cutoff) / cutoff,
});
