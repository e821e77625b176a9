/** Normalized discounted cumulative gain. */

import type { Judgments, Measure } from './measure.ts';

/**
 * DCG over the best DCG that an ordering of the judged documents could have, both cut at k [Jarvelin2002], with linear
 * gain and discount log2(rank + 1): what trec_eval calls ndcg_cut.
 */
export const ndcg = (cutoff: number): Measure => ({
  name: `ndcg@${cutoff}`,
  cutoff,
  compute: (ranking, judgments) => {
    const ideal = idealDcg(judgments, cutoff);
    return ideal === 0 ? undefined : dcg(ranking, judgments, cutoff) / ideal;
  },
});

const dcg = <Id>(ranking: ArrayLike<Id>, judgments: Judgments<Id>, cutoff: number): number => {
  let sum = 0;
  for (let n = 0; n < Math.min(cutoff, ranking.length); n++) sum += discounted(judgments.get(ranking[n]!) ?? 0, n);
  return sum;
};

const idealDcg = <Id>(judgments: Judgments<Id>, cutoff: number): number =>
  [...judgments.values()]
    .filter((gain) => gain > 0)
    .sort((a, b) => b - a)
    .slice(0, cutoff)
    .reduce((sum, gain, n) => sum + discounted(gain, n), 0);

/** Gains of 0 and below count nothing. `position` counts from 0, so rank + 1 is position + 2. */
const discounted = (gain: number, position: number): number => Math.max(0, gain) / Math.log2(position + 2);
