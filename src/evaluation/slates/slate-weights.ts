/** Importance weights of a slot: how much of what stands above it they look back on. */

import { effectiveSize } from '../off-policy/diagnostics.ts';
import type { SlateRounds } from './slate-rounds.ts';

/** One array a slot, one place a slate. */
export type SlotWeights = readonly Float64Array[];

/** w_k alone: right when the reward of a slot depends on its own action only. */
export const slotWeights = ({ size, slots, weights }: SlateRounds): SlotWeights =>
  Array.from({ length: slots }, (_, slot) => Float64Array.from({ length: size }, (_, n) => weights[n * slots + slot]!));

/** w_1 · … · w_k: right when the reward of a slot depends on the actions up to it. */
export const prefixWeights = (rounds: SlateRounds): SlotWeights => {
  const all = slotWeights(rounds);
  for (let slot = 1; slot < all.length; slot++) {
    for (let n = 0; n < rounds.size; n++) all[slot]![n]! *= all[slot - 1]![n]!;
  }
  return all;
};

/** w_1 · … · w_K, whatever the slot. */
export const slateWeights = (rounds: SlateRounds): Float64Array =>
  prefixWeights(rounds).at(-1) ?? new Float64Array(rounds.size);

/**
 * Dynamic look-back of RIPS [McInerney2020, section 4.3]: for each slot w_k, then w_{k−1} · w_k, and so on, as long as the
 * effective size is at least `threshold` of the slates and does not grow; w_k itself is taken in any case.
 */
export const lookBackWeights = (rounds: SlateRounds, threshold: number): SlotWeights => {
  const own = slotWeights(rounds);
  return own.map((first, slot) => {
    let weights = first;
    let effective = effectiveSize(first);
    for (let back = slot - 1; back >= 0; back--) {
      const longer = weights.map((weight, n) => weight * own[back]![n]!);
      const size = effectiveSize(longer);
      if (size < threshold * rounds.size || size > effective) break;
      weights = longer;
      effective = size;
    }
    return weights;
  });
};
