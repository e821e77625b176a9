/** Gauss's hypergeometric function, for arguments from 0 to 1. */

/** Terms after which a series that has not settled is given up: reached only for z within 1e-4 of 1. */
const MOST_TERMS = 200_000;

/** Σ (a)ₖ (b)ₖ / (c)ₖ zᵏ / k! for 0 ≤ z < 1; NaN when it does not settle. */
export const hypergeometricSeries = (a: number, b: number, c: number, z: number): number => {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < MOST_TERMS; k++) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    sum += term;
    // Terms shrink at least by z from here on, so what is left is below term / (1 − z).
    if (Math.abs(term) <= 1e-15 * Math.abs(sum) * (1 - z)) return sum;
  }
  return Number.NaN;
};

/**
 * log ₂F₁(a, b; c; z) for positive a, b, c and 0 ≤ z < 1 by Euler's transformation
 * (1 − z)^(c − a − b) ₂F₁(c − a, c − b; c; z) [Abramowitz1972, 15.3.3], whose terms stay small where those of the plain
 * series overflow. NaN when the transformed series is negative or does not settle.
 */
export const logHypergeometric = (a: number, b: number, c: number, z: number): number =>
  (c - a - b) * Math.log1p(-z) + Math.log(hypergeometricSeries(c - a, c - b, c, z));
