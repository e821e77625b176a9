/** Normalized discounted cumulative gain. */

import { dcg } from './dcg.ts';
import type { Judgments, Measure } from './measure.ts';

/**
 * DCG over the best DCG that an ordering of the judged documents could have, both cut at k [Jarvelin2002], with linear
 * gain and discount log2(rank + 1): what trec_eval calls ndcg_cut.
 */
export const ndcg = (cutoff: number): Measure => ({
  name: `ndcg@${cutoff}`,
  cutoff,
  compute: (ranking, judgments) => {
    const ideal = dcg(idealGains(judgments), cutoff);
    return ideal === 0 ? undefined : dcg(gainsOf(ranking, judgments, cutoff), cutoff) / ideal;
  },
});

/** Gains of 0 and below count nothing. */
const gainsOf = <Id>(ranking: ArrayLike<Id>, judgments: Judgments<Id>, cutoff: number): Float64Array =>
  Float64Array.from({ length: Math.min(cutoff, ranking.length) }, (_, n) =>
    Math.max(0, judgments.get(ranking[n]!) ?? 0),
  );

const idealGains = <Id>(judgments: Judgments<Id>): Float64Array =>
  Float64Array.from(judgments.values())
    .filter((gain) => gain > 0)
    .sort((a, b) => b - a);
