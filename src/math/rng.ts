/** Seeded random numbers that do not depend on the order in which their parts are drawn. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

export type RngLabel = string | number;

/**
 * A stream of random numbers. Two streams of the same seed and labels give the same numbers; streams of different
 * labels are independent for every practical purpose.
 */
export interface Rng {
  /** Uniform in [0, 1), a multiple of 2^-53. */
  next(): number;
  /** Uniform integer in [0, n). `n` is a positive integer up to 2^32; @throws {RangeError} otherwise. */
  int(n: number): number;
  /** Standard normal. */
  normal(): number;
  /**
   * The stream named by the labels below this one. It depends on the seed and on the labels, never on what was drawn
   * before, so a user's numbers do not depend on the order of users; `derive('a').derive('b')` is `derive('a', 'b')`.
   */
  derive(...labels: RngLabel[]): Rng;
}

/**
 * A seeded stream: xoroshiro128+ [Blackman2018] whose 128 bits of state are four MurmurHash3 values of seed and labels.
 * Numbers and strings are different seeds: 1 is not '1'.
 */
export const createRng = (seed: RngLabel): Rng => createStream(encodeLabel(seed));

/** Puts the values in random order, in place (Fisher–Yates), and returns them. */
export const shuffle = <T extends { readonly length: number; [index: number]: unknown }>(values: T, rng: Rng): T => {
  for (let last = values.length - 1; last > 0; last--) {
    const other = rng.int(last + 1);
    const kept = values[last];
    values[last] = values[other];
    values[other] = kept;
  }
  return values;
};

const createStream = (path: string): Rng => {
  const words = [0, 1, 2, 3].map((hashSeed) => murmur3(path, hashSeed));
  // The all-zero state is the one from which the generator never leaves.
  const generator = xoroshiro128plusFromState(words.some((word) => word !== 0) ? words : [1, 0, 0, 0]);
  const next = (): number => uniformFloat64(generator);
  return {
    next,
    int: (n) => {
      if (!(Number.isInteger(n) && n > 0 && n <= 2 ** 32)) {
        throw new RangeError(`rng.int(${n}): expected an integer from 1 to 2^32`);
      }
      // Off from uniform by at most n · 2^-53, and it uses the high bits, which are the good ones of this generator.
      return Math.floor(next() * n);
    },
    // Box–Muller; 1 - next() lies in (0, 1], so the logarithm is finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    derive: (...labels) => createStream(path + labels.map(encodeLabel).join('')),
  };
};

/** Self-delimiting, so that ('ab', 'c') and ('a', 'bc') differ. */
const encodeLabel = (label: RngLabel): string => {
  const text = String(label);
  return `${typeof label === 'number' ? 'n' : 's'}${text.length}:${text}`;
};

/** MurmurHash3 x86_32 [Appleby2011] over UTF-16 code units, two a block. */
const murmur3 = (text: string, seed: number): number => {
  let hash = seed | 0;
  for (let i = 0; i < text.length; i += 2) {
    const second = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
    let block = Math.imul(text.charCodeAt(i) | (second << 16), 0xcc9e2d51);
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
    hash ^= block;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length * 2;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};
