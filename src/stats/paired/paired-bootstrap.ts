import type { Rng } from '#math';
import { Moments } from '../moments.ts';
import type { TestResult } from '../tests/test-result.ts';
import { pairedDifferences, pairedFault } from './differences.ts';

const RESAMPLES = 10_000;

export interface PairedBootstrapOptions {
  /** Resamples drawn; 10,000 unless given. */
  readonly resamples?: number;
}

/**
 * Bootstrap test of paired values [Efron1993, algorithm 16.2]: differences, moved so that their mean is 0, are drawn with
 * replacement, and the p-value is the share of draws whose studentized mean is as far from 0 as the observed one,
 * two-sided, the observed one counted in. The statistic is the studentized mean difference. O(resamples · n).
 * Reasons and errors as `pairedTTest`.
 */
export const pairedBootstrapTest = (
  of: ArrayLike<number>,
  against: ArrayLike<number>,
  rng: Rng,
  options: PairedBootstrapOptions = {},
): TestResult => {
  const differences = pairedDifferences(of, against);
  const fault = pairedFault(differences);
  if (fault !== undefined) return { ok: false, reason: fault };
  const n = differences.length;
  if (n === 1) return { ok: false, reason: 'one_unit' };
  const { mean, meanVariance } = Moments.of(differences);
  if (!(meanVariance > 0)) return { ok: false, reason: 'no_variance' };
  const statistic = mean / Math.sqrt(meanVariance);
  const centred = differences.map((difference) => difference - mean);
  const resamples = options.resamples ?? RESAMPLES;
  let count = 1;
  for (let draw = 0; draw < resamples; draw++) {
    if (studentized(centred, rng) >= Math.abs(statistic)) count++;
  }
  return { ok: true, statistic, pValue: count / (resamples + 1), method: `paired bootstrap, ${resamples} resamples` };
};

/** Size of the studentized mean of one draw; a draw of one value over and over is as far out as can be, unless it is 0. */
const studentized = (centred: Float64Array, rng: Rng): number => {
  const n = centred.length;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const value = centred[rng.int(n)]!;
    sum += value;
    squares += value * value;
  }
  // The values are centred already: nothing large cancels here.
  const variance = (squares - (sum * sum) / n) / (n - 1) / n;
  if (variance > 0) return Math.abs(sum / n) / Math.sqrt(variance);
  return sum === 0 ? 0 : Number.POSITIVE_INFINITY;
};
