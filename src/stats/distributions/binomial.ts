import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import binomialQuantile from '@stdlib/stats-base-dists-binomial-quantile';

/** Binomial: successes among `n` trials of chance `p`. `tail` is P(X ≥ k): it counts k itself, as p-values do. */
export const binomial = {
  cdf: (k: number, n: number, p: number): number => binomialCdf(k, n, p),
  tail: (k: number, n: number, p: number): number => binomialCdf(n - Math.ceil(k), n, 1 - p),
  quantile: (q: number, n: number, p: number): number => binomialQuantile(q, n, p),
};
