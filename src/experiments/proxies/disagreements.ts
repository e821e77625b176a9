/** Experiments that help what is quick to see and hurt what counts: more clicks, fewer returns. */

import { normal } from '#stats';
import type { HeldOutView } from './validate-proxy.ts';

export interface Disagreement {
  readonly experiment: string;
  /** z-score of the quick metric: how surely it is helped. */
  readonly z: number;
  /** P(long-term effect < 0), from the other metrics and the quick one together. */
  readonly worse: number;
  /** Expected long-term effect. */
  readonly mean: number;
}

export interface DisagreementOptions {
  /** Place of the quick metric, e.g. clicks. */
  readonly quick: number;
  /** One-sided level of "helps"; 0.05 unless given. */
  readonly alpha?: number;
  /** Chance from which "hurts" is said; 0.9 unless given. */
  readonly certainty?: number;
}

/** The experiments that help the quick metric and probably hurt the outcome, surest first. */
export const findDisagreements = (
  views: readonly HeldOutView[],
  { quick, alpha = 0.05, certainty = 0.9 }: DisagreementOptions,
): readonly Disagreement[] => {
  const bar = normal.quantile(1 - alpha);
  return views
    .map(({ experiment, better, mean }) => ({
      experiment: experiment.experiment,
      z: experiment.effects[quick]! / experiment.standardErrors[quick]!,
      worse: 1 - better,
      mean,
    }))
    .filter(({ z, worse }) => z >= bar && worse >= certainty)
    .sort((a, b) => b.worse - a.worse || b.z - a.z);
};
