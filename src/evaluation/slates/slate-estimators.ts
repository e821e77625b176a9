/** The family of slate estimators: which weights they give a slot's reward, and what they lean on. */

import type { Parts, Terms } from '../off-policy/terms.ts';
import type { SlateRounds } from './slate-rounds.ts';
import { lookBackWeights, prefixWeights, type SlotWeights, slateWeights, slotWeights } from './slate-weights.ts';

export interface SlateEstimator {
  readonly name: string;
  readonly title: string;
  /** Predictions it needs. */
  readonly needs: 'nothing' | 'slot_model' | 'cascade_model';
  parts(rounds: SlateRounds): Parts;
}

/** Least share of the slates that the effective size of a looked-back weight may have, as published. */
const LOOK_BACK = 1e-4;
/** The same where a model does the rest: more is cut off, because what is cut off is not lost. */
const LOOK_BACK_WITH_MODEL = 0.02;

/** Σ_k r_k of each slate. */
const slateRewards = ({ size, slots, rewards }: SlateRounds): Float64Array =>
  Float64Array.from({ length: size }, (_, n) =>
    rewards.subarray(n * slots, (n + 1) * slots).reduce((sum, reward) => sum + reward, 0),
  );

const plain = (values: Float64Array): Terms => ({ size: values.length, values, weights: undefined, base: undefined });

/** Σ_n W r / N of each slot, or / Σ_n W. */
const bySlot = (rounds: SlateRounds, weights: SlotWeights, selfNormalised: boolean): Parts =>
  weights.map((own, slot) => {
    const values = own.map((weight, n) => weight * rounds.rewards[n * rounds.slots + slot]!);
    return { size: rounds.size, values, weights: selfNormalised ? own : undefined, base: undefined };
  });

const whole = (rounds: SlateRounds, weights: Float64Array, selfNormalised: boolean): Parts => {
  const totals = slateRewards(rounds);
  const values = weights.map((weight, n) => weight * totals[n]!);
  return [{ size: rounds.size, values, weights: selfNormalised ? weights : undefined, base: undefined }];
};

/**
 * 1 + Σ_k (w_k − 1): the pseudo-inverse weight 1ᵀΓ⁺ [Swaminathan2017] when the logging policy draws its slots
 * independently; `pseudoInverseWeight` has the general one.
 */
const additiveWeights = ({ size, slots, weights }: SlateRounds): Float64Array =>
  Float64Array.from({ length: size }, (_, n) =>
    weights.subarray(n * slots, (n + 1) * slots).reduce((sum, weight) => sum + weight, 1 - slots),
  );

/** Σ_k [W_k (r_k − Q_k) + W_{k−1} E Q_k] [Kiyohara2022, eq. 10]. */
const cascadeParts = (rounds: SlateRounds): Parts => {
  const { size, slots, rewards } = rounds;
  const { logged, expected } = rounds.cascadeModel!;
  const prefixes = prefixWeights(rounds);
  const values = new Float64Array(size);
  for (let n = 0; n < size; n++) {
    for (let slot = 0; slot < slots; slot++) {
      const at = n * slots + slot;
      const before = slot === 0 ? 1 : prefixes[slot - 1]![n]!;
      values[n]! += prefixes[slot]![n]! * (rewards[at]! - logged[at]!) + before * expected[at]!;
    }
  }
  return [plain(values)];
};

/**
 * Doubly robust slot by slot: the prefix a_1 … a_k is the action that slot k's reward depends on, a model says what it
 * brings, and self-normalised weights with look-back correct it by what the log saw. Right where RIPS is, whatever the
 * model; right with a right model, however short the look-back. Ours.
 */
const slotDrParts = (rounds: SlateRounds): Parts => {
  const { size, slots, rewards } = rounds;
  const { logged, expected } = rounds.slotModel!;
  return lookBackWeights(rounds, LOOK_BACK_WITH_MODEL).map((weights, slot) => ({
    size,
    values: weights.map((weight, n) => weight * (rewards[n * slots + slot]! - logged[n * slots + slot]!)),
    weights,
    base: Float64Array.from({ length: size }, (_, n) => expected[n * slots + slot]!),
  }));
};

const slotDmParts = ({ size, slots, slotModel }: SlateRounds): Parts => [
  plain(
    Float64Array.from({ length: size }, (_, n) =>
      slotModel!.expected.subarray(n * slots, (n + 1) * slots).reduce((sum, reward) => sum + reward, 0),
    ),
  ),
];

/**
 * By name, in the order of reports: product of all weights (is, snips when self-normalised), independent slots (iips,
 * iips_sn), prefixes (pips; rips when normalised at each slot [McInerney2020]; rips_lookback), additive rewards (pi), a slot-wise model (slot_dm, slot_dr), a model of all that follows (cascade_dr).
 */
export const SLATE_ESTIMATORS: readonly SlateEstimator[] = [
  { name: 'is', title: 'product IS', needs: 'nothing', parts: (rounds) => whole(rounds, slateWeights(rounds), false) },
  {
    name: 'snips',
    title: 'product, SN',
    needs: 'nothing',
    parts: (rounds) => whole(rounds, slateWeights(rounds), true),
  },
  {
    name: 'iips',
    title: 'independent',
    needs: 'nothing',
    parts: (rounds) => bySlot(rounds, slotWeights(rounds), false),
  },
  {
    name: 'iips_sn',
    title: 'independent, SN',
    needs: 'nothing',
    parts: (rounds) => bySlot(rounds, slotWeights(rounds), true),
  },
  { name: 'pips', title: 'prefix', needs: 'nothing', parts: (rounds) => bySlot(rounds, prefixWeights(rounds), false) },
  { name: 'rips', title: 'RIPS', needs: 'nothing', parts: (rounds) => bySlot(rounds, prefixWeights(rounds), true) },
  {
    name: 'rips_lookback',
    title: 'RIPS, look-back',
    needs: 'nothing',
    parts: (rounds) => bySlot(rounds, lookBackWeights(rounds, LOOK_BACK), true),
  },
  {
    name: 'pi',
    title: 'pseudo-inverse',
    needs: 'nothing',
    parts: (rounds) => whole(rounds, additiveWeights(rounds), false),
  },
  { name: 'slot_dm', title: 'slot model', needs: 'slot_model', parts: slotDmParts },
  { name: 'slot_dr', title: 'slot DR', needs: 'slot_model', parts: slotDrParts },
  { name: 'cascade_dr', title: 'cascade DR', needs: 'cascade_model', parts: cascadeParts },
];
