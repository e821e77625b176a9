/** Survival learned in discrete time: from single observations, or from sequences of states that agree with each other. */

import { type DiscreteHazards, discreteHazards, fitHazardStep, type HazardStep, hazardAt } from './hazard-steps.ts';
import { checkLifetimes, type Lifetimes } from './risk-table.ts';

export interface HazardOptions {
  /** Steps K to look ahead. */
  readonly horizon: number;
  /**
   * Ridge penalty on the weights of each step, above 0; pulls towards the base rate of the step. With λ below 1 its pull
   * adds up over the steps: keep it small, 0.01 for one-hot states.
   */
  readonly regularization: number;
}

/**
 * The hazard of each step 1 … K from units with features (n × p) and durations in whole steps: a unit is at risk at
 * step k when its duration is at least k [Singer1993]. @throws {RangeError} for durations below 1 or not whole.
 */
export const fitDiscreteHazards = (
  lifetimes: Lifetimes & { readonly features: ArrayLike<number>; readonly p: number },
  { horizon, regularization }: HazardOptions,
): DiscreteHazards => {
  checkLifetimes(lifetimes);
  const { durations, ended, features, p } = lifetimes;
  const n = durations.length;
  for (let i = 0; i < n; i++) {
    const steps = durations[i]!;
    if (!(Number.isInteger(steps) && steps >= 1))
      throw new RangeError(`duration ${steps}: expected whole steps from 1`);
  }
  const steps = Array.from({ length: horizon }, (_, at): HazardStep => {
    const k = at + 1;
    // Censored at its step k, a unit was not seen through it.
    const atRisk = Float64Array.from({ length: n }, (_, i) =>
      Number(durations[i]! > k || (durations[i] === k && ended[i])),
    );
    const ending = Float64Array.from({ length: n }, (_, i) => Number(durations[i] === k && ended[i]));
    return fitHazardStep({ features, p, atRisk, ending }, regularization);
  });
  return discreteHazards(steps);
};

/** Sequences of states, one after another: each stands in one state at every step until it ends or is lost from view. */
export interface StateSequences {
  /** states × p, row-major, the sequences one behind the other. */
  readonly features: ArrayLike<number>;
  readonly p: number;
  /** States of each sequence, at least 1. */
  readonly lengths: ArrayLike<number>;
  /** Per sequence: 1 when it ended in the step after its last state, 0 when that is not known. */
  readonly ended: ArrayLike<number | boolean>;
}

export interface TemporalOptions extends HazardOptions {
  /**
   * 0 takes what lies ahead of a state from the model at the next state, 1 from what the sequence did (maximum
   * likelihood on every state), and between them a mixture by λ-returns.
   */
  readonly lambda: number;
}

/**
 * Temporally consistent survival [Maystre2022]: what is predicted now should agree with what will be predicted one step
 * later. The target of state t is G_t(0) = 1, G_t(k) = 0 if the sequence ended there, else
 * (1 − λ) Ŝ(k − 1 | x_{t+1}) + λ G_{t+1}(k − 1). Step k asks only for steps below k, so fitting steps in order reaches in
 * one pass the fixed point that the paper approaches in rounds. Where a sequence is lost from view, Ŝ stands in.
 * For few sequences through the same states this has a far smaller error than λ = 1.
 */
export const fitTemporalSurvival = (
  sequences: StateSequences,
  { horizon, regularization, lambda }: TemporalOptions,
): DiscreteHazards => {
  if (!(lambda >= 0 && lambda <= 1)) throw new RangeError(`lambda ${lambda}: expected a number from 0 to 1`);
  const { features, p } = sequences;
  const rows = transitionsOf(sequences);
  const n = rows.length;
  // Ŝ(k|x) and G(k) of every state, of the step reached so far.
  let predicted = new Float64Array(n).fill(1);
  let target = new Float64Array(n).fill(1);
  const steps: HazardStep[] = [];
  for (let k = 1; k <= horizon; k++) {
    const next = Float64Array.from(rows, (row, t) => {
      if (row === 'ends') return 0;
      if (row === 'lost') return target[t]!;
      const ahead = rows[t + 1] === 'lost' ? predicted[t + 1]! : target[t + 1]!;
      return (1 - lambda) * predicted[t + 1]! + lambda * ahead;
    });
    // A last state whose next step nobody saw teaches nothing.
    const atRisk = target.map((value, t) => (rows[t] === 'lost' ? 0 : value));
    const ending = atRisk.map((value, t) => (rows[t] === 'lost' ? 0 : Math.max(0, value - next[t]!)));
    const step = fitHazardStep({ features, p, atRisk, ending }, regularization);
    steps.push(step);
    predicted = predicted.map((value, t) => value * (1 - hazardAt(step, features, t * p)));
    target = next.map((value, t) => (rows[t] === 'lost' ? predicted[t]! : Math.min(value, target[t]!)));
  }
  return discreteHazards(steps);
};

/** What happens to each state in its next step. */
type Transition = 'goes on' | 'ends' | 'lost';

const transitionsOf = ({ lengths, ended, features, p }: StateSequences): readonly Transition[] => {
  const rows: Transition[] = [];
  for (let s = 0; s < lengths.length; s++) {
    if (!(lengths[s]! >= 1)) throw new RangeError(`sequence ${s} has ${lengths[s]} states: expected at least 1`);
    for (let t = 1; t < lengths[s]!; t++) rows.push('goes on');
    rows.push(ended[s] ? 'ends' : 'lost');
  }
  if (rows.length * p !== features.length) {
    throw new RangeError(`${features.length} feature values: expected ${rows.length} states × ${p} features`);
  }
  return rows;
};
