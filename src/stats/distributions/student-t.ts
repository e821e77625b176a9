import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Student's t with `df` > 0 degrees of freedom, not necessarily whole; NaN outside. `tail` is P(T > t). */
export const studentT = {
  cdf: (t: number, df: number): number => tCdf(t, df),
  tail: (t: number, df: number): number => tCdf(-t, df),
  quantile: (p: number, df: number): number => tQuantile(p, df),
};
