import { effectReason } from '#domain';
import { sampleRatioTest, sequentialSampleRatioTest } from '#stats';
import type { QualityCheck } from './checks.ts';

/** Below this p-value the alarm rings: one healthy experiment in a hundred. */
export const SAMPLE_RATIO_ALARM = 0.01;

const thousands = (count: number): string => count.toLocaleString('en-US');

/** Whether units came to the arms in the shares meant; `sequential` when it is asked again and again. */
export const checkSampleRatio = (
  arms: readonly string[],
  counts: readonly number[],
  shares: readonly number[],
  options: { readonly sequential: boolean; readonly exposed: boolean },
): QualityCheck => {
  const check = options.exposed ? 'sample_ratio_exposed' : 'sample_ratio';
  const test = (options.sequential ? sequentialSampleRatioTest : sampleRatioTest)(counts, shares);
  if (!test.ok)
    return { check, state: 'not_possible', says: `The sample ratio cannot be checked: ${effectReason(test.reason)}.` };
  const failed = test.pValue < SAMPLE_RATIO_ALARM;
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const told = arms
    .map((arm, i) => `${arm} ${thousands(counts[i]!)} (expected ${thousands(Math.round((n * shares[i]!) / whole))})`)
    .join(', ');
  const statistic = options.sequential
    ? `Bayes factor ${test.statistic.toPrecision(3)}`
    : `chi-square ${test.statistic.toFixed(2)}`;
  const numbers = `${statistic}, p = ${test.pValue < 1e-4 ? test.pValue.toExponential(1) : test.pValue.toFixed(4)}`;
  const verdict = failed
    ? 'Units are missing from an arm or counted twice; find out why before believing any difference.'
    : 'The arms have the sizes they should have.';
  return {
    check,
    state: failed ? 'failed' : 'passed',
    statistic: test.statistic,
    pValue: test.pValue,
    says: `${failed ? 'Sample-ratio alarm' : 'Sample ratio'}: ${told}; ${numbers}. ${verdict}`,
  };
};
