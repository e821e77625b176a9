/** Slates of a log, seen with the eyes of the policy that is to be judged. */

import { EngineError } from '#domain';

/**
 * Predictions by slate and slot. For `slot_dr` of the reward of the slot given the actions up to it: `logged` for the
 * actions of the log, `expected` for those of the judged policy in the same context. For `cascade_dr` of the sum of
 * rewards from the slot on: `logged` is Q_k(prefix, a_k), `expected` E[Q_k(prefix, a)] over the judged policy's a.
 */
export interface SlatePredictions {
  readonly logged: Float64Array;
  readonly expected: Float64Array;
}

/** Matrices are slates × slots, row-major. Made and checked by `toSlateRounds`. */
export interface SlateRounds {
  readonly size: number;
  readonly slots: number;
  readonly rewards: Float64Array;
  /** w_k = π_e(a_k | x, a_1 … a_{k−1}) / π_0(the same), ≥ 0. */
  readonly weights: Float64Array;
  readonly slotModel: SlatePredictions | undefined;
  readonly cascadeModel: SlatePredictions | undefined;
}

export interface SlateColumns {
  readonly slots: number;
  readonly rewards: Float64Array;
  /** π_0(a_k | x, a_1 … a_{k−1}), in (0, 1]. */
  readonly loggedProbabilities: Float64Array;
  /** π_e(a_k | x, a_1 … a_{k−1}), in [0, 1]. */
  readonly targetProbabilities: Float64Array;
  readonly slotModel?: SlatePredictions | undefined;
  readonly cascadeModel?: SlatePredictions | undefined;
}

/**
 * Slates from matrices.
 * @throws {EngineError} invalid_data without slates, for shapes that differ, rewards and predictions that are not finite,
 * a logged probability outside (0, 1], a target probability outside [0, 1]; slates and slots are counted from 1.
 */
export const toSlateRounds = (columns: SlateColumns): SlateRounds => {
  const { slots, rewards, loggedProbabilities, targetProbabilities, slotModel, cascadeModel } = columns;
  const size = rewards.length / slots;
  if (!(Number.isInteger(size) && size > 0 && Number.isInteger(slots))) {
    throw new EngineError(
      'invalid_data',
      `${rewards.length} rewards in slates of ${slots} slots: expected whole slates`,
    );
  }
  const shape = { slots, length: rewards.length };
  check('reward', rewards, shape, Number.isFinite, 'a finite number');
  check('logged probability', loggedProbabilities, shape, (p) => p > 0 && p <= 1, 'a number above 0 and at most 1');
  check('target probability', targetProbabilities, shape, (p) => p >= 0 && p <= 1, 'a number from 0 to 1');
  for (const model of [slotModel, cascadeModel]) {
    if (model === undefined) continue;
    check('prediction', model.logged, shape, Number.isFinite, 'a finite number');
    check('expected prediction', model.expected, shape, Number.isFinite, 'a finite number');
  }
  const weights = targetProbabilities.map((probability, n) => probability / loggedProbabilities[n]!);
  return { size, slots, rewards, weights, slotModel, cascadeModel };
};

const check = (
  name: string,
  values: Float64Array,
  { slots, length }: { slots: number; length: number },
  allows: (value: number) => boolean,
  allowed: string,
): void => {
  if (values.length !== length) {
    throw new EngineError('invalid_data', `${values.length} values of ${name}: expected ${length}`);
  }
  const wrong = values.findIndex((value) => !allows(value));
  if (wrong === -1) return;
  const place = `slate ${Math.floor(wrong / slots) + 1}, slot ${(wrong % slots) + 1}`;
  throw new EngineError('invalid_data', `${place}: ${name} ${values[wrong]}: expected ${allowed}`);
};
