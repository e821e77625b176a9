/** Expected reciprocal rank as a measure. */

import { expectedReciprocalRank, satisfaction } from './cascade.ts';
import type { Measure } from './measure.ts';
import { relevantCount } from './relevant.ts';

/** ERR of the first k [Chapelle2009]; a document of gain g satisfies with chance (2^g - 1) / 2^max. */
export const err = (cutoff: number, max = 4): Measure => ({
  name: max === 4 ? `err@${cutoff}` : `err(max=${max})@${cutoff}`,
  cutoff,
  compute: (ranking, judgments) => {
    if (relevantCount(judgments) === 0) return undefined;
    const chances = Float64Array.from({ length: Math.min(cutoff, ranking.length) }, (_, n) =>
      satisfaction(judgments.get(ranking[n]!) ?? 0, max),
    );
    return expectedReciprocalRank(chances, cutoff);
  },
});
