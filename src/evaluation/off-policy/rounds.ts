/** What a logging policy did, seen with the eyes of the policy that is to be judged. */

import { EngineError } from '#domain';

/** Predictions of a reward model, by round. It must not have learned from the round it predicts (`crossFit`). */
export interface RewardPredictions {
  /** q̂(x, a) of the action that was logged. */
  readonly logged: Float64Array;
  /** Σ_a π_e(a | x) · q̂(x, a). */
  readonly expected: Float64Array;
}

/** Rounds of a log, one array a field. Made and checked by `toPolicyRounds`. */
export interface PolicyRounds {
  readonly size: number;
  /** r. */
  readonly rewards: Float64Array;
  /** w = π_e(a | x) / π_0(a | x) of the logged action, ≥ 0. */
  readonly weights: Float64Array;
  /** 1 / the smallest probability in the log: none of its weights is larger; rounds it does not have may weigh more. */
  readonly weightBound: number;
  /** Undefined without a reward model: estimators that need one tell so. */
  readonly predictions: RewardPredictions | undefined;
  /** Which action was taken, for the overlap by action; undefined when not known. */
  readonly actions: Uint32Array | undefined;
}

export interface PolicyRoundColumns {
  readonly rewards: Float64Array;
  /** π_0(a | x): the probability with which the log's policy took the action it took, in (0, 1]. */
  readonly loggedProbabilities: Float64Array;
  /** π_e(a | x) of the logged action, in [0, 1]. */
  readonly targetProbabilities: Float64Array;
  readonly predictions?: RewardPredictions | undefined;
  readonly actions?: Uint32Array | undefined;
}

/**
 * Rounds from columns.
 * @throws {EngineError} invalid_data without rounds, for columns of different lengths, rewards and predictions that are
 * not finite, a logged probability outside (0, 1], a target probability outside [0, 1]; rounds are counted from 1.
 */
export const toPolicyRounds = (columns: PolicyRoundColumns): PolicyRounds => {
  const { rewards, loggedProbabilities, targetProbabilities, predictions, actions } = columns;
  const size = rewards.length;
  if (size === 0) throw new EngineError('invalid_data', 'the log has no rounds');
  check('reward', rewards, size, Number.isFinite, 'a finite number');
  check('logged probability', loggedProbabilities, size, (p) => p > 0 && p <= 1, 'a number above 0 and at most 1');
  check('target probability', targetProbabilities, size, (p) => p >= 0 && p <= 1, 'a number from 0 to 1');
  if (predictions !== undefined) {
    check('predicted reward', predictions.logged, size, Number.isFinite, 'a finite number');
    check('expected reward', predictions.expected, size, Number.isFinite, 'a finite number');
  }
  if (actions !== undefined) check('action', actions, size, () => true, '');
  const weights = targetProbabilities.map((probability, n) => probability / loggedProbabilities[n]!);
  const weightBound = 1 / loggedProbabilities.reduce((least, probability) => Math.min(least, probability), 1);
  return { size, rewards, weights, weightBound, predictions, actions };
};

const check = (
  name: string,
  values: ArrayLike<number>,
  size: number,
  allows: (value: number) => boolean,
  allowed: string,
): void => {
  if (values.length !== size) {
    throw new EngineError('invalid_data', `${values.length} values of ${name} for ${size} rounds: expected as many`);
  }
  for (let n = 0; n < size; n++) {
    if (allows(values[n]!)) continue;
    throw new EngineError('invalid_data', `round ${n + 1}: ${name} ${values[n]}: expected ${allowed}`);
  }
};

/** The same rounds with another model's predictions. */
export const withPredictions = (rounds: PolicyRounds, predictions: RewardPredictions): PolicyRounds => ({
  ...rounds,
  predictions,
});

/** The same rounds with other weights, such as `marginalWeights`. */
export const withWeights = (rounds: PolicyRounds, weights: Float64Array): PolicyRounds => ({ ...rounds, weights });

/** The rounds at these places, in their order. */
export const selectRounds = (rounds: PolicyRounds, places: Uint32Array): PolicyRounds => {
  const select = (values: Float64Array): Float64Array => Float64Array.from(places, (n) => values[n]!);
  const { predictions, actions } = rounds;
  return {
    size: places.length,
    rewards: select(rounds.rewards),
    weights: select(rounds.weights),
    weightBound: rounds.weightBound,
    predictions: predictions && { logged: select(predictions.logged), expected: select(predictions.expected) },
    actions: actions && Uint32Array.from(places, (n) => actions[n]!),
  };
};
