/** A mean over users, with its uncertainty. */

import type { Estimate } from '#domain';

const LEVEL = 0.95;
/** 97.5 % point of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * Mean of a measure over the users for whom it is defined, with the normal interval mean ± z·s/√n, where s is the sample
 * standard deviation: good for the hundreds of users that an evaluation has. Undefined values are left out and not
 * counted in n. Reasons: `no_units` without a value, `one_unit` with a single one, whose variance is unknown.
 */
export const meanEstimate = (values: Iterable<number | undefined>): Estimate => {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (value === undefined) continue;
    // Welford: no difference of large sums.
    n++;
    const difference = value - mean;
    mean += difference / n;
    squares += difference * (value - mean);
  }
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  const half = Z * Math.sqrt(squares / (n - 1) / n);
  const interval = { lower: mean - half, upper: mean + half };
  return { ok: true, value: mean, interval, level: LEVEL, n, method: 'mean, normal interval' };
};
