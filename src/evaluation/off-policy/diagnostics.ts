/** Whether the weights of a log can carry an estimate. */

import { compensatedSum, Moments, normal } from '#stats';
import type { PolicyRounds } from './rounds.ts';

export interface PolicyDiagnostics {
  readonly n: number;
  /** Kish's (Σw)² / Σw²: so many rounds of the judged policy itself would tell as much; 0 without overlap. */
  readonly effectiveSize: number;
  /** Share of Σw that the largest weight has, in [0, 1]; 1 when there is no weight at all. */
  readonly largestShare: number;
  readonly largestWeight: number;
  /** Share of rounds whose action the judged policy never takes. */
  readonly zeroShare: number;
  readonly meanWeight: MeanWeightTest;
  /** Rounds with weight and a reward that is not 0: what the estimate of a rare reward really rests on. */
  readonly rewardedRounds: number;
  /** By action index, where actions are known. */
  readonly overlap: readonly ActionOverlap[] | undefined;
}

/**
 * The mean weight is 1 when the logged probabilities are right and the log goes wherever the judged policy goes; far
 * below 1 means that it does not, or that rare large weights have not come up yet.
 */
export interface MeanWeightTest {
  readonly value: number;
  /** Deviation from 1 in standard errors; undefined when all weights are equal, which leaves none to count in. */
  readonly z: number | undefined;
  /** Two-sided; of weights that are all equal the chance at most that all come to that; undefined for one round. */
  readonly pValue: number | undefined;
}

export interface ActionOverlap {
  readonly action: number;
  /** Share of rounds in which the log took it. */
  readonly loggedShare: number;
  /** Share of rounds in which the judged policy would, as the weights estimate it. */
  readonly targetShare: number;
  readonly effectiveSize: number;
  readonly largestWeight: number;
}

/** What diagnostics look at. */
type WeighedRounds = Pick<PolicyRounds, 'size' | 'rewards' | 'weights'> &
  Partial<Pick<PolicyRounds, 'actions' | 'weightBound'>>;

/** O(rounds + actions). */
export const diagnosePolicy = (rounds: WeighedRounds): PolicyDiagnostics => {
  const { size, weights, rewards, actions, weightBound = Number.POSITIVE_INFINITY } = rounds;
  const sum = compensatedSum(weights);
  const largestWeight = weights.reduce((most, weight) => Math.max(most, weight), 0);
  return {
    n: size,
    effectiveSize: effectiveSize(weights),
    largestShare: sum === 0 ? 1 : largestWeight / sum,
    largestWeight,
    zeroShare: weights.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0) / size,
    meanWeight: testMeanWeight(weights, weightBound),
    rewardedRounds: weights.reduce((count, weight, n) => count + (weight > 0 && rewards[n] !== 0 ? 1 : 0), 0),
    overlap: actions && overlapByAction(actions, weights),
  };
};

/** (Σw)² / Σw² [Kish1965]; 0 when all weights are 0. */
export const effectiveSize = (weights: Float64Array): number => {
  let sum = 0;
  let squares = 0;
  // Weights are not negative, so plain sums lose nothing; look-back asks for this some fifty times.
  for (let n = 0; n < weights.length; n++) {
    sum += weights[n]!;
    squares += weights[n]! * weights[n]!;
  }
  return squares === 0 ? 0 : sum ** 2 / squares;
};

/** Weights that differ by no more than this are equal: quotients of rounded probabilities are never quite. */
const ROUNDING = 1e-9;

const testMeanWeight = (weights: Float64Array, bound: number): MeanWeightTest => {
  const { n, mean, meanVariance } = Moments.of(weights);
  if (n < 2) return { value: mean, z: undefined, pValue: undefined };
  if (weights.every((weight) => Math.abs(weight - mean) <= ROUNDING)) {
    return { value: mean, z: undefined, pValue: chanceOfAll(mean, n, bound) };
  }
  const z = (mean - 1) / Math.sqrt(meanVariance);
  return { value: mean, z, pValue: 2 * normal.tail(Math.abs(z)) };
};

/**
 * The chance at most that n weights of mean 1 all come to w, by Markov's inequality: of those above 1 of the weights themselves,
 * of those below of what is left to `bound`, which none passes. 0 below 1 where nothing weighs more than 1.
 */
const chanceOfAll = (w: number, n: number, bound: number): number => {
  if (Math.abs(w - 1) <= ROUNDING) return 1;
  if (w > 1) return w ** -n;
  return bound === Number.POSITIVE_INFINITY ? 1 : (Math.max(0, bound - 1) / (Math.max(1, bound) - w)) ** n;
};

const overlapByAction = (actions: Uint32Array, weights: Float64Array): readonly ActionOverlap[] => {
  const ofAction = new Map<number, number[]>();
  for (let n = 0; n < actions.length; n++) {
    const known = ofAction.get(actions[n]!);
    if (known === undefined) ofAction.set(actions[n]!, [weights[n]!]);
    else known.push(weights[n]!);
  }
  return [...ofAction]
    .toSorted(([a], [b]) => a - b)
    .map(([action, values]) => {
      const own = Float64Array.from(values);
      return {
        action,
        loggedShare: own.length / actions.length,
        targetShare: compensatedSum(own) / actions.length,
        effectiveSize: effectiveSize(own),
        largestWeight: own.reduce((most, weight) => Math.max(most, weight), 0),
      };
    });
};
