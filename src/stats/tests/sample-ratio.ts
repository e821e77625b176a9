/** Whether units came to the arms in the shares that were meant: a fault in assignment or logging shows here first. */

import gammaln from '@stdlib/math-base-special-gammaln';
import { chiSquare } from '../distributions/chi-square.ts';
import type { TestResult } from './test-result.ts';

/**
 * Pearson's chi-square of counts against shares (of any positive scale), arms - 1 degrees of freedom. Reasons:
 * `no_units`; `one_arm`. @throws {RangeError} when lengths differ or a share is not positive.
 */
export const sampleRatioTest = (counts: readonly number[], shares: readonly number[]): TestResult => {
  const parts = partsOf(counts, shares);
  if (counts.length < 2) return { ok: false, reason: 'one_arm' };
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return { ok: false, reason: 'no_units' };
  const statistic = counts.reduce((sum, count, arm) => sum + (count - n * parts[arm]!) ** 2 / (n * parts[arm]!), 0);
  return { ok: true, statistic, pValue: chiSquare.tail(statistic, counts.length - 1), method: 'chi-square' };
};

/** Weight of the mixture, in units: shares a few percent off are what it looks for. */
const CONCENTRATION = 100;

/**
 * The same question asked after every unit [Lindon2022]: the Bayes factor of a Dirichlet mixture around the shares
 * against the shares. It exceeds 1/α with chance at most α, ever, if the shares hold; so its inverse is a p-value that may
 * be looked at daily. One look's value: keep the smallest of all looks. Errors and reasons as `sampleRatioTest`.
 */
export const sequentialSampleRatioTest = (counts: readonly number[], shares: readonly number[]): TestResult => {
  const parts = partsOf(counts, shares);
  if (counts.length < 2) return { ok: false, reason: 'one_arm' };
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return { ok: false, reason: 'no_units' };
  let log = gammaln(CONCENTRATION) - gammaln(CONCENTRATION + n);
  for (const [arm, count] of counts.entries()) {
    const prior = CONCENTRATION * parts[arm]!;
    log += gammaln(prior + count) - gammaln(prior) - count * Math.log(parts[arm]!);
  }
  return {
    ok: true,
    statistic: Math.exp(log),
    pValue: Math.min(1, Math.exp(-log)),
    method: 'Dirichlet mixture, always valid',
  };
};

const partsOf = (counts: readonly number[], shares: readonly number[]): number[] => {
  if (counts.length !== shares.length) {
    throw new RangeError(`${counts.length} counts and ${shares.length} shares: expected as many of both`);
  }
  for (const share of shares) if (!(share > 0)) throw new RangeError(`share ${share}: expected a positive number`);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / whole);
};
