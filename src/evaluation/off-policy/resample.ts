/** Resampling of rounds with replacement: sums over a resample without making it. */

import type { Rng } from '#math';

/**
 * For each of `count` resamples, the sums of `arrays` (of one length n) over the same n places drawn with replacement:
 * row-major, `count × arrays.length`. The draws are of xoshiro128+ [Blackman2018], seeded from `rng` and written into
 * the loop, because nothing else in it takes time; a place's chance is off by at most n · 2⁻³²; n < 2³¹. O(count · n · arrays).
 */
export const resampledSums = (arrays: readonly Float64Array[], count: number, rng: Rng): Float64Array => {
  const places = new Int32Array(arrays[0]?.length ?? 0);
  // The all-zero state is the one from which the generator never leaves.
  const state = Int32Array.from({ length: 4 }, (_, word) => rng.int(2 ** 32) | (word === 0 ? 1 : 0));
  const sums = new Float64Array(count * arrays.length);
  for (let resample = 0; resample < count; resample++) {
    drawPlaces(places, state);
    for (let array = 0; array < arrays.length; array++) {
      sums[resample * arrays.length + array] = sumAt(arrays[array]!, places);
    }
  }
  return sums;
};

const drawPlaces = (places: Int32Array, state: Int32Array): void => {
  const scale = places.length / 2 ** 32;
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let n = 0; n < places.length; n++) {
    places[n] = (((a + d) >>> 0) * scale) | 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
};

/** In four sums: one would wait for each addition to end before the next begins, at three times the time. */
const sumAt = (values: Float64Array, places: Int32Array): number => {
  const whole = places.length - (places.length % 4);
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let n = 0; n < whole; n += 4) {
    first += values[places[n]!]!;
    second += values[places[n + 1]!]!;
    third += values[places[n + 2]!]!;
    fourth += values[places[n + 3]!]!;
  }
  for (let n = whole; n < places.length; n++) first += values[places[n]!]!;
  return first + second + (third + fourth);
};
