import type { Estimate } from '#domain';
import { beta } from '../distributions/beta.ts';
import { normal } from '../distributions/normal.ts';
import { type LevelOption, levelOf } from './level.ts';

/**
 * Share of successes with Wilson's score interval [Wilson1927]: inside [0, 1], near its level from the smallest samples
 * on. Reason: `no_units`. @throws {RangeError} unless 0 ≤ successes ≤ n.
 */
export const proportionEstimate = (successes: number, n: number, options: LevelOption = {}): Estimate => {
  checkCounts(successes, n);
  const level = levelOf(options);
  if (n === 0) return { ok: false, reason: 'no_units' };
  const z = normal.quantile((1 + level) / 2);
  const p = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  // The end at a count of none or all is exactly 0 or 1; rounding must not put it beyond the value.
  const interval = {
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === n ? 1 : Math.min(1, centre + half),
  };
  return { ok: true, value: p, interval, level, n, method: 'proportion, Wilson interval' };
};

/**
 * Share of successes with the interval of Clopper and Pearson [Clopper1934], which covers at least its level whatever the
 * true share: for guarantees, at the price of width. Reasons and errors as `proportionEstimate`.
 */
export const exactProportionEstimate = (successes: number, n: number, options: LevelOption = {}): Estimate => {
  checkCounts(successes, n);
  const level = levelOf(options);
  if (n === 0) return { ok: false, reason: 'no_units' };
  const out = (1 - level) / 2;
  const interval = {
    lower: successes === 0 ? 0 : beta.quantile(out, successes, n - successes + 1),
    upper: successes === n ? 1 : beta.quantile(1 - out, successes + 1, n - successes),
  };
  return { ok: true, value: successes / n, interval, level, n, method: 'proportion, Clopper-Pearson interval' };
};

const checkCounts = (successes: number, n: number): void => {
  if (!(n >= 0 && successes >= 0 && successes <= n)) {
    throw new RangeError(`${successes} successes of ${n}: expected 0 ≤ successes ≤ n`);
  }
};
