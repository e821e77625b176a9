/** Places with a weight each, as columns. */

import { topK } from '#math';

export interface WeightedPlaces {
  readonly places: Int32Array;
  readonly weights: Float64Array;
}

/**
 * The heaviest of the places and their weights, heaviest first; of equal weight the lower place first. Weights of 0 and less
 * do not count. Puts the places in ascending order. O(n log n).
 */
export const heaviest = (places: Int32Array, weightOf: (place: number) => number, most: number): WeightedPlaces => {
  places.sort();
  const weights = new Float64Array(places.length);
  for (let n = 0; n < places.length; n++) weights[n] = weightOf(places[n]!);
  const chosen = topK(weights, most, (n) => weights[n]! <= 0);
  const heavy = { places: new Int32Array(chosen.length), weights: new Float64Array(chosen.length) };
  for (let n = 0; n < chosen.length; n++) {
    heavy.places[n] = places[chosen[n]!]!;
    heavy.weights[n] = weights[chosen[n]!]!;
  }
  return heavy;
};

/** What a map has numbers of. */
export const placesIn = (numbers: ReadonlyMap<number, number>): Int32Array => {
  const places = new Int32Array(numbers.size);
  let size = 0;
  for (const place of numbers.keys()) places[size++] = place;
  return places;
};
