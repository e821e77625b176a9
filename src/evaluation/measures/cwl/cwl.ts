/** What a ranking is worth to a listener of a model. */

import type { Browsing, UserModel } from './user-model.ts';

export interface CwlScores {
  /** Σ W(i)·g(i): gain a rank that is looked at, in the unit of the gains. What rbp, INST and precision are. */
  readonly utility: number;
  /** Σ V(i)·g(i), V(i) being the chance to look at rank i: gain a visit. */
  readonly totalUtility: number;
  /** Σ V(i): ranks looked at a visit. */
  readonly depth: number;
}

/** Scores of gains in [0, 1] by rank; after the end there is nothing to gain. O(n), exact also for endless models. */
export const cwlScores = (gains: ArrayLike<number>, model: UserModel): CwlScores => {
  let viewing = 1;
  let depth = 0;
  let totalUtility = 0;
  let gained = 0;
  let at: Browsing = { rank: 0, gain: 0, gained: 0 };
  for (let n = 0; n < gains.length && viewing > 0; n++) {
    const gain = gains[n]!;
    gained += gain;
    depth += viewing;
    totalUtility += viewing * gain;
    at = { rank: n + 1, gain, gained };
    viewing *= model.continuation(at);
  }
  if (viewing > 0) depth += viewing * model.beyond(at);
  return { utility: totalUtility / depth, totalUtility, depth };
};
