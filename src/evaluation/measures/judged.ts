/** How much of a ranking was judged at all. */

import type { Measure } from './measure.ts';

/**
 * Share of the first k that have a judgment, be its gain 0: low values say that the other measures speak of documents that
 * no one has looked at. Undefined when nothing was judged.
 */
export const judged = (cutoff: number): Measure => ({
  name: `judged@${cutoff}`,
  cutoff,
  compute: (ranking, judgments) => {
    if (judgments.size === 0) return undefined;
    let count = 0;
    for (let n = 0; n < Math.min(cutoff, ranking.length); n++) if (judgments.has(ranking[n]!)) count++;
    return count / cutoff;
  },
});
