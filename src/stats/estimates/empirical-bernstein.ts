import type { Estimate } from '#domain';
import { Moments } from '../moments.ts';
import { type LevelOption, levelOf } from './level.ts';

export interface BoundedOptions extends LevelOption {
  /** What the values can be at all; known beforehand, not read from the sample. */
  readonly range: readonly [lower: number, upper: number];
}

/**
 * Mean of independent bounded values with the empirical Bernstein interval [Maurer2009, theorem 4], both sides:
 * s·√(2 ln(4/α) / n) + 7 R ln(4/α) / (3 (n - 1)). It holds at every n for every distribution in the range, so it is
 * wider than a t interval. Reasons: `no_units`, `one_unit`, `out_of_range` when a value contradicts the range.
 */
export const boundedMeanEstimate = (values: Iterable<number>, options: BoundedOptions): Estimate => {
  const level = levelOf(options);
  const [lower, upper] = options.range;
  const moments = new Moments();
  for (const value of values) {
    if (!(value >= lower && value <= upper)) return { ok: false, reason: 'out_of_range' };
    moments.add(value);
  }
  const { n, mean, variance } = moments;
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  const log = Math.log(4 / (1 - level));
  const half = Math.sqrt((2 * variance * log) / n) + (7 * (upper - lower) * log) / (3 * (n - 1));
  const interval = { lower: Math.max(lower, mean - half), upper: Math.min(upper, mean + half) };
  return { ok: true, value: mean, interval, level, n, method: 'mean, empirical Bernstein interval' };
};
