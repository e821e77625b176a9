/** Ratios from moments over users: the figure by events and the figure by users. */

import type { Estimate } from '#domain';
import { exactProportionEstimate, type LevelOption, PairMoments, ratioEstimate, studentEstimate } from '#stats';

/** Moments over the users of a cell: x the denominator, y the numerator of each user. */
export interface RatioMoments {
  readonly users: number;
  readonly mean_x: number;
  readonly mean_y: number;
  readonly variance_x: number | null;
  readonly variance_y: number | null;
  readonly covariance: number | null;
  /** Of y / x over the users with x > 0. */
  readonly ratio_users: number;
  readonly ratio_mean: number | null;
  readonly ratio_variance: number | null;
}

export interface RatioEstimates {
  readonly byEvents: Estimate;
  readonly byUsers: Estimate;
}

const pairsOf = (row: RatioMoments): PairMoments => {
  const { users } = row;
  return Object.assign(new PairMoments(), {
    n: users,
    meanX: row.mean_x,
    meanY: row.mean_y,
    squaresX: (row.variance_x ?? Number.NaN) * (users - 1),
    squaresY: (row.variance_y ?? Number.NaN) * (users - 1),
    products: (row.covariance ?? Number.NaN) * (users - 1),
  });
};

/**
 * By events Σy/Σx with the delta method clustered by user; by users the mean of y/x over users with x > 0, t intervals
 * both, cut at 0: what is counted is never negative. `scale` multiplies both. Reason `no_variation` where all users are
 * the same: an interval without width would claim a certainty that is not there.
 */
export const estimateRatio = (row: RatioMoments, scale: number, options: LevelOption = {}): RatioEstimates => ({
  byEvents: asCount(scaled(ratioEstimate(pairsOf(row), options), scale)),
  byUsers: asCount(scaled(meanOfRatios(row, options), scale)),
});

const asCount = (estimate: Estimate): Estimate => {
  if (!estimate.ok) return estimate;
  const { lower, upper } = estimate.interval;
  if (lower === upper) return { ok: false, reason: 'no_variation' };
  return { ...estimate, interval: { lower: Math.max(0, lower), upper } };
};

/**
 * As `estimateRatio` for a numerator that is a part of its denominator: intervals end at 0 and 1. A share of 0 or 1 for
 * every user has no variance, which is not certainty: its interval is the exact one for that many users.
 */
export const estimateShare = (row: RatioMoments, options: LevelOption = {}): RatioEstimates => {
  const byEvents = ratioEstimate(pairsOf(row), options);
  const byUsers = meanOfRatios(row, options);
  return { byEvents: asShare(byEvents, row.ratio_users, options), byUsers: asShare(byUsers, row.ratio_users, options) };
};

const asShare = (estimate: Estimate, users: number, options: LevelOption): Estimate => {
  if (!estimate.ok) return estimate;
  const { value, interval } = estimate;
  const isAlike = interval.lower === interval.upper;
  if (isAlike && (value === 0 || value === 1)) return exactProportionEstimate(value * users, users, options);
  if (isAlike) return { ok: false, reason: 'no_variation' };
  return { ...estimate, interval: { lower: Math.max(0, interval.lower), upper: Math.min(1, interval.upper) } };
};

const meanOfRatios = (row: RatioMoments, options: LevelOption): Estimate => {
  const n = row.ratio_users;
  if (n === 0) return { ok: false, reason: row.users === 0 ? 'no_units' : 'zero_denominator' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  const variance = (row.ratio_variance ?? Number.NaN) / n;
  const method = 'mean of users, t interval';
  return studentEstimate({ value: row.ratio_mean ?? Number.NaN, variance, n, df: n - 1, method }, options);
};

export const scaled = (estimate: Estimate, scale: number): Estimate =>
  estimate.ok
    ? {
        ...estimate,
        value: estimate.value * scale,
        interval: { lower: estimate.interval.lower * scale, upper: estimate.interval.upper * scale },
      }
    : estimate;
