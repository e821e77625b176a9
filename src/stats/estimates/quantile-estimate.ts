import type { Estimate } from '#domain';
import { binomial } from '../distributions/binomial.ts';
import { quantile } from '../quantile.ts';
import { type LevelOption, levelOf } from './level.ts';

/**
 * Quantile `q` of independent ascending values with the distribution-free interval between two order statistics: how many
 * values lie below the true quantile is binomial(n, q) [David2003, section 7.1]. Covers at least its level for continuous
 * values. Reasons: `no_units`; `too_few_units` when no pair of order statistics reaches the level (extreme q, small n).
 */
export const quantileEstimate = (ascending: ArrayLike<number>, q: number, options: LevelOption = {}): Estimate => {
  const level = levelOf(options);
  const n = ascending.length;
  if (n === 0) return { ok: false, reason: 'no_units' };
  const value = quantile(ascending, q);
  const out = (1 - level) / 2;
  // P(fewer than `low` values below) ≤ out and P(`high` or more below) ≤ out, ranks from one.
  let low = binomial.quantile(out, n, q);
  while (low > 0 && binomial.cdf(low - 1, n, q) > out) low--;
  let high = binomial.quantile(1 - out, n, q) + 1;
  while (high <= n && binomial.tail(high, n, q) > out) high++;
  if (low < 1 || high > n) return { ok: false, reason: 'too_few_units' };
  const interval = { lower: ascending[low - 1]!, upper: ascending[high - 1]! };
  return { ok: true, value, interval, level, n, method: `quantile ${q}, order statistics` };
};
