import type { Rng } from '#math';
import type { TestResult } from '../tests/test-result.ts';
import { pairedDifferences, pairedFault } from './differences.ts';

/** All 2^n assignments are counted up to this many, i.e. up to 17 pairs that differ. */
const EXACT_ASSIGNMENTS = 2 ** 17;
const PERMUTATIONS = 100_000;
/** Sums that should be equal differ by rounding: what comes this near is as far out. */
const ROUNDING = 1e-12;

export interface RandomizationOptions {
  /** Assignments drawn when there are too many to count; 100,000 unless given. */
  readonly permutations?: number;
}

/**
 * Fisher's randomization test of paired values [Smucker2007]: if the systems are the same, each pair could as well have
 * come the other way round. The p-value is the share of such assignments whose mean difference is as far from 0, two-sided:
 * of all of them up to 17 pairs that differ, above of random ones, the observed one counted in, so that it is never 0 and
 * the test keeps its level. Its resolution is 1 / permutations. The statistic is the mean difference.
 * O(permutations · n). Reasons: `no_units`, `not_finite`; `no_differences` when all are 0. Errors as `pairedTTest`.
 */
export const randomizationTest = (
  of: ArrayLike<number>,
  against: ArrayLike<number>,
  rng: Rng,
  options: RandomizationOptions = {},
): TestResult => {
  const all = pairedDifferences(of, against);
  const fault = pairedFault(all);
  if (fault !== undefined) return { ok: false, reason: fault };
  const sizes = all.filter((difference) => difference !== 0);
  if (sizes.length === 0) return { ok: false, reason: 'no_differences' };
  const sum = sizes.reduce((total, size) => total + size, 0);
  const scale = sizes.reduce((total, size) => total + Math.abs(size), 0);
  const far = Math.abs(sum) - ROUNDING * scale;
  const assignments = 2 ** sizes.length;
  const permutations = options.permutations ?? PERMUTATIONS;
  const exact = assignments <= EXACT_ASSIGNMENTS;
  return {
    ok: true,
    statistic: sum / all.length,
    pValue: exact
      ? countAll(sizes, far) / assignments
      : (countDrawn(sizes, far, permutations, rng) + 1) / (permutations + 1),
    method: exact ? `randomization, all ${assignments} assignments` : `randomization, ${permutations} assignments`,
  };
};

/** Of all assignments, in the order of a Gray code: each differs from the one before in a single sign. */
const countAll = (sizes: Float64Array, far: number): number => {
  const signs = new Int8Array(sizes.length).fill(1);
  let sum = sizes.reduce((total, size) => total + size, 0);
  let count = Math.abs(sum) >= far ? 1 : 0;
  for (let n = 1; n < 2 ** sizes.length; n++) {
    // The lowest bit that is set in n tells which sign turns.
    const turned = 31 - Math.clz32(n & -n);
    sum -= 2 * signs[turned]! * sizes[turned]!;
    signs[turned] = -signs[turned]!;
    if (Math.abs(sum) >= far) count++;
  }
  return count;
};

const WORD_BITS = 32;

const countDrawn = (sizes: Float64Array, far: number, permutations: number, rng: Rng): number => {
  let count = 0;
  for (let draw = 0; draw < permutations; draw++) {
    let sum = 0;
    let bits = 0;
    for (let n = 0; n < sizes.length; n++) {
      // One draw gives the signs of 32 pairs.
      if (n % WORD_BITS === 0) bits = rng.int(2 ** WORD_BITS);
      sum += bits & 1 ? sizes[n]! : -sizes[n]!;
      bits >>>= 1;
    }
    if (Math.abs(sum) >= far) count++;
  }
  return count;
};
