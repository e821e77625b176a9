import { studentT } from '../distributions/student-t.ts';
import { Moments } from '../moments.ts';
import type { TestResult } from '../tests/test-result.ts';
import { pairedDifferences, pairedFault } from './differences.ts';

/**
 * Student's test of paired values [Student1908]: mean difference over its standard error, n - 1 degrees of freedom,
 * two-sided. Reasons: `no_units`, `one_unit`, `not_finite`; `no_variance` when all differences are the same, so that there
 * is nothing to compare it with. @throws {RangeError} when there are not as many values of both.
 */
export const pairedTTest = (of: ArrayLike<number>, against: ArrayLike<number>): TestResult => {
  const differences = pairedDifferences(of, against);
  const fault = pairedFault(differences);
  if (fault !== undefined) return { ok: false, reason: fault };
  if (differences.length === 1) return { ok: false, reason: 'one_unit' };
  const { mean, meanVariance, n } = Moments.of(differences);
  if (!(meanVariance > 0)) return { ok: false, reason: 'no_variance' };
  const statistic = mean / Math.sqrt(meanVariance);
  const pValue = Math.min(1, 2 * studentT.tail(Math.abs(statistic), n - 1));
  return { ok: true, statistic, pValue, method: 'paired t' };
};
