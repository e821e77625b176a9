import erfcinv from '@stdlib/math-base-special-erfcinv';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/** Standard normal distribution. `tail` is P(Z > z), exact far out; `quantile` of p in [0, 1], NaN outside. */
export const normal = {
  cdf: (z: number): number => normalCdf(z, 0, 1),
  tail: (z: number): number => normalCdf(-z, 0, 1),
  density: (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI),
  quantile: (p: number): number => {
    if (p === 0.5) return 0;
    // By the nearer tail: 2p - 1 would lose a p of 1e-20.
    return p < 0.5 ? -Math.SQRT2 * erfcinv(2 * p) : Math.SQRT2 * erfcinv(2 * (1 - p));
  },
};
