/** How much an act is worth, apart from how many there are: the gamma-gamma model of values. */

import gammaln from '@stdlib/math-base-special-gammaln';

/** Places of p, q, v among the parameters. */
export const GAMMA_GAMMA = ['p', 'q', 'v'] as const;

/**
 * log-likelihood of the mean value m > 0 of x ≥ 1 acts: values ~ gamma(p, ν) with ν ~ gamma(q, v) of each user's own
 * [Fader2013, eq. 1a].
 */
export const logLikelihoodOfValue = (parameters: ArrayLike<number>, x: number, m: number): number => {
  const [p, q, v] = [parameters[0]!, parameters[1]!, parameters[2]!];
  return (
    gammaln(p * x + q) -
    gammaln(p * x) -
    gammaln(q) +
    q * Math.log(v) +
    (p * x - 1) * Math.log(m) +
    p * x * Math.log(x) -
    (p * x + q) * Math.log(x * m + v)
  );
};

/**
 * Expected value of an act of a user whose x acts had the mean m: between m and the mean of all, p v / (q − 1)
 * [Fader2013, eq. 5]. Infinite when p x + q ≤ 1, where values have no mean.
 */
export const expectedValue = (parameters: ArrayLike<number>, x: number, m: number): number => {
  const [p, q, v] = [parameters[0]!, parameters[1]!, parameters[2]!];
  const weight = p * x + q - 1;
  return weight > 0 ? (p * (v + x * (x === 0 ? 0 : m))) / weight : Number.POSITIVE_INFINITY;
};
