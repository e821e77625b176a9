/** Predictions of a reward model for rounds it has not learned from. */

import { type Rng, shuffle } from '#math';
import type { RewardPredictions } from './rounds.ts';

/** q̂: predicted reward had `action` been taken in a round. */
export type RewardModel = (round: number, action: number) => number;

export interface CrossFitting {
  readonly rounds: number;
  /** Action that was logged in a round. */
  readonly logged: ArrayLike<number>;
  /** Actions the judged policy may take in a round, with π_e; actions it never takes may be left out. */
  readonly target: (round: number) => Iterable<readonly [action: number, probability: number]>;
  /** ≥ 2, and at most as many as rounds. */
  readonly folds: number;
  /** Learns from these rounds; ascending. */
  readonly learn: (training: Uint32Array) => RewardModel;
}

/**
 * Splits the rounds at random into folds, fits on all but one and predicts for that one [Chernozhukov2018]: a model
 * that has seen a round's reward would explain away its noise. `learn` is called once a fold.
 * @throws {RangeError} for fewer than two folds or more folds than rounds.
 */
export const crossFit = ({ rounds, logged, target, folds, learn }: CrossFitting, rng: Rng): RewardPredictions => {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= rounds)) {
    throw new RangeError(`${folds} folds of ${rounds} rounds: expected from 2 to the number of rounds`);
  }
  const foldOf = shuffle(
    Uint32Array.from({ length: rounds }, (_, n) => n % folds),
    rng,
  );
  const predictions = { logged: new Float64Array(rounds), expected: new Float64Array(rounds) };
  for (let fold = 0; fold < folds; fold++) {
    const places = Array.from(foldOf, (of, n) => [of, n] as const);
    const model = learn(Uint32Array.from(places.filter(([of]) => of !== fold).map(([, n]) => n)));
    for (const [of, n] of places) {
      if (of !== fold) continue;
      predictions.logged[n] = model(n, logged[n]!);
      let expected = 0;
      for (const [action, probability] of target(n)) expected += probability * model(n, action);
      predictions.expected[n] = expected;
    }
  }
  return predictions;
};

/**
 * Weights for the fit of the model that the more robust doubly robust estimator (MRDR) wants: π_e (1 − π_0) / π_0² of the
 * logged action [Farajtabar2018, eq. 11]. A model fitted with them makes the variance of `dr` least.
 */
export const mrdrWeights = (targetProbabilities: Float64Array, loggedProbabilities: Float64Array): Float64Array =>
  targetProbabilities.map((target, n) => {
    const logged = loggedProbabilities[n]!;
    return (target * (1 - logged)) / (logged * logged);
  });
