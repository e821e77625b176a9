import gammainc from '@stdlib/math-base-special-gammainc';
import poissonCdf from '@stdlib/stats-base-dists-poisson-cdf';
import poissonQuantile from '@stdlib/stats-base-dists-poisson-quantile';

/** Poisson with mean `rate` > 0. `tail` is P(X ≥ k): it counts k itself, as p-values do. */
export const poisson = {
  cdf: (k: number, rate: number): number => poissonCdf(k, rate),
  tail: (k: number, rate: number): number => (k <= 0 ? 1 : gammainc(rate, Math.ceil(k), true, false)),
  quantile: (q: number, rate: number): number => poissonQuantile(q, rate),
};
