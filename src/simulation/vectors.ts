/** Directions in the space of musical character. */

import type { Rng } from '#math';

/** Dimensions of the space in which tracks and tastes lie. */
export const DIMENSIONS = 12;

/** A random direction of length 1. */
export const randomDirection = (rng: Rng): Float32Array => {
  const vector = new Float32Array(DIMENSIONS);
  for (let d = 0; d < DIMENSIONS; d++) vector[d] = rng.normal();
  return normalise(vector);
};

/** A direction near `centre`: with spread s the expected cosine to it is 1 / √(1 + s²). */
export const directionNear = (centre: Float32Array, spread: number, rng: Rng): Float32Array => {
  const vector = randomDirection(rng);
  for (let d = 0; d < DIMENSIONS; d++) vector[d] = centre[d]! + spread * vector[d]!;
  return normalise(vector);
};

/** Cosine of two directions of length 1. */
export const cosineOf = (a: Float32Array, b: Float32Array): number => cosineAt(a, b, 0);

/** `cosineOf` with the direction that begins at that place; written out, for it is asked of whole catalogues. */
export const cosineAt = <Vector extends Float32Array | Float64Array>(a: Vector, all: Vector, at: number): number =>
  a[0]! * all[at]! +
  a[1]! * all[at + 1]! +
  a[2]! * all[at + 2]! +
  a[3]! * all[at + 3]! +
  a[4]! * all[at + 4]! +
  a[5]! * all[at + 5]! +
  a[6]! * all[at + 6]! +
  a[7]! * all[at + 7]! +
  a[8]! * all[at + 8]! +
  a[9]! * all[at + 9]! +
  a[10]! * all[at + 10]! +
  a[11]! * all[at + 11]!;

/** Makes the vector one of length 1, in place. */
export const normalise = (vector: Float32Array): Float32Array => {
  let sum = 0;
  for (let d = 0; d < DIMENSIONS; d++) sum += vector[d]! * vector[d]!;
  const scale = 1 / Math.sqrt(sum);
  for (let d = 0; d < DIMENSIONS; d++) vector[d]! *= scale;
  return vector;
};
