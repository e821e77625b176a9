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
export const cosineOf = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let d = 0; d < DIMENSIONS; d++) sum += a[d]! * b[d]!;
  return sum;
};

/** Makes the vector one of length 1, in place. */
export const normalise = (vector: Float32Array): Float32Array => {
  let sum = 0;
  for (let d = 0; d < DIMENSIONS; d++) sum += vector[d]! * vector[d]!;
  const scale = 1 / Math.sqrt(sum);
  for (let d = 0; d < DIMENSIONS; d++) vector[d]! *= scale;
  return vector;
};
