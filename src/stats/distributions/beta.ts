import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';

/** Beta with shapes `a`, `b` > 0 on [0, 1]. `tail` is P(X > x), by the mirrored distribution. */
export const beta = {
  cdf: (x: number, a: number, b: number): number => betaCdf(x, a, b),
  tail: (x: number, a: number, b: number): number => betaCdf(1 - x, b, a),
  quantile: (p: number, a: number, b: number): number => betaQuantile(p, a, b),
};
