/** The test that a comparison asks for, by name. */

import { createRng } from '#math';
import { pairedBootstrapTest, pairedTTest, randomizationTest, signedRankTest, type TestResult } from '#stats';

export const PAIRED_TESTS = ['randomization', 't', 'wilcoxon', 'bootstrap'] as const;
export type PairedTestName = (typeof PAIRED_TESTS)[number];

export interface PairedTestOptions {
  readonly test: PairedTestName;
  /** Random assignments or resamples, where the test draws any. */
  readonly draws: number;
  /** The same seed draws the same, for every pair of lists anew: results do not depend on what was tested before. */
  readonly seed: number;
}

/** Two-sided test that two systems do as well on the topics; reasons as the tests of `#stats` have them. */
export const pairedTest = (
  of: ArrayLike<number>,
  against: ArrayLike<number>,
  { test, draws, seed }: PairedTestOptions,
): TestResult => {
  switch (test) {
    case 'randomization':
      return randomizationTest(of, against, createRng(seed), { permutations: draws });
    case 't':
      return pairedTTest(of, against);
    case 'wilcoxon':
      return signedRankTest(of, against);
    case 'bootstrap':
      return pairedBootstrapTest(of, against, createRng(seed), { resamples: draws });
  }
};
