import gammainc from '@stdlib/math-base-special-gammainc';
import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';

/** Chi-square with `df` > 0 degrees of freedom. `tail` is P(X > x), not 1 - cdf, so that tiny p-values stay exact. */
export const chiSquare = {
  cdf: (x: number, df: number): number => chiSquareCdf(x, df),
  tail: (x: number, df: number): number => (x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true)),
  quantile: (p: number, df: number): number => chiSquareQuantile(p, df),
};
