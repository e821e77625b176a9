/** The pseudo-inverse weight of a slate, for rewards that are sums over slots. */

import { symmetricEigen } from '#math';

/** A slate that the logging policy can draw. */
export interface PossibleSlate {
  /** Item of each slot, from 0. */
  readonly items: readonly number[];
  readonly probability: number;
}

/** Eigenvalues below this share of the greatest count as 0. */
const TOLERANCE = 1e-10;

/**
 * Weight qᵀ Γ⁺ 1_s of slates s in one context [Swaminathan2017, eq. 4]: 1_s marks the item of each slot, Γ = E_π0[1_s 1_sᵀ],
 * q = E_πe[1_s] (slots × items, row-major). Mean over the log of weight · reward is unbiased when rewards are sums of what
 * each item brings at its slot and every (slot, item) of the judged policy has a chance. With independent slots it is
 * 1 + Σ (w_k − 1), which `pi` uses. O((slots · items)³) once: for small slates.
 */
export const pseudoInverseWeights = (
  logging: readonly PossibleSlate[],
  targetMarginals: Float64Array,
  itemCount: number,
): ((items: readonly number[]) => number) => {
  const size = targetMarginals.length;
  const gamma = new Float64Array(size * size);
  const placesOf = (items: readonly number[]): readonly number[] => items.map((item, slot) => slot * itemCount + item);
  for (const { items, probability } of logging) {
    const places = placesOf(items);
    for (const row of places) for (const column of places) gamma[row * size + column]! += probability;
  }
  const { values, vectors } = symmetricEigen(gamma, size);
  // qᵀ Γ⁺ by eigenvectors; what Γ does not span has no weight.
  const row = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    if (values[k]! <= TOLERANCE * values[0]!) continue;
    let along = 0;
    for (let n = 0; n < size; n++) along += targetMarginals[n]! * vectors[n * size + k]!;
    for (let n = 0; n < size; n++) row[n]! += (along / values[k]!) * vectors[n * size + k]!;
  }
  return (items) => placesOf(items).reduce((sum, place) => sum + row[place]!, 0);
};
