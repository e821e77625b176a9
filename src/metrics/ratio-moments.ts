/** Moments over users from their own pairs: what the warehouse computes in bulk, for figures that are judged here. */

import { Moments, PairMoments } from '#stats';
import type { RatioMoments } from './estimate-ratio.ts';

/** x the denominator and y the numerator of one user. */
export interface UserPair {
  readonly x: number;
  readonly y: number;
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Each pair is one user with x > 0. */
export const ratioMoments = (pairs: readonly UserPair[]): RatioMoments => {
  const joint = new PairMoments();
  for (const { x, y } of pairs) joint.add(x, y);
  const ratios = Moments.of(pairs.map(({ x, y }) => y / x));
  return {
    users: joint.n,
    mean_x: joint.n === 0 ? 0 : joint.meanX,
    mean_y: joint.n === 0 ? 0 : joint.meanY,
    variance_x: orNull(joint.varianceX),
    variance_y: orNull(joint.varianceY),
    covariance: orNull(joint.covariance),
    ratio_users: ratios.n,
    ratio_mean: orNull(ratios.mean),
    ratio_variance: orNull(ratios.variance),
  };
};
