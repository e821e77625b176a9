import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import fQuantile from '@stdlib/stats-base-dists-f-quantile';

/**
 * Fisher's F with `df1` and `df2` degrees of freedom, by the beta distribution of d₁x / (d₁x + d₂), from the nearer end,
 * which keeps the digits of both. `tail` is P(F > x).
 */
export const fisherF = {
  cdf: (x: number, df1: number, df2: number): number => (x <= 0 ? 0 : below(df1 * x, df2, df1 / 2, df2 / 2)),
  tail: (x: number, df1: number, df2: number): number => (x <= 0 ? 1 : below(df2, df1 * x, df2 / 2, df1 / 2)),
  quantile: (p: number, df1: number, df2: number): number => fQuantile(p, df1, df2),
};

/** P(B < part / (part + rest)) for B of beta(a, b). */
const below = (part: number, rest: number, a: number, b: number): number =>
  part <= rest ? betaCdf(part / (part + rest), a, b) : 1 - betaCdf(rest / (part + rest), b, a);
