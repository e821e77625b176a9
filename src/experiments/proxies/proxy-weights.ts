/** How much each short-term metric should count in a proxy, by the size of the test it is for. */

import { solveSymmetric } from '#math';

export interface ProxyMoments {
  /** Λ_PP, p × p: covariance of the proxies' true effects across experiments. */
  readonly proxies: Float64Array;
  /** λ_PN, length p: their covariance with the true effect on the long-term outcome. */
  readonly withOutcome: Float64Array;
  /** Ξ_PP, p × p: covariance of the proxies' errors in a test of one unit. */
  readonly noise: Float64Array;
}

/**
 * w ∝ (Λ_PP + Ξ_PP / n)⁻¹ λ_PN with Σ|w| = 1: of all weighted sums of proxies the one whose estimate in a test of n units
 * goes best with the true long-term effect [Tripuraneni2024, eq. 4]. A small test leans on what is measured well, a large
 * one on what says most. Undefined when no proxy goes with the outcome, or two proxies are one and the same.
 */
export const proxyWeights = ({ proxies, withOutcome, noise }: ProxyMoments, n: number): Float64Array | undefined => {
  if (!(n > 0)) throw new RangeError(`test of ${n} units: expected more than 0`);
  const p = withOutcome.length;
  const total = proxies.map((value, at) => value + noise[at]! / n);
  const weights = solveSymmetric(total, p, withOutcome);
  const size = weights?.reduce((sum, weight) => sum + Math.abs(weight), 0) ?? 0;
  return size > 0 ? weights!.map((weight) => weight / size) : undefined;
};

/** Correlation of the weighted sum in a test of n units with the true long-term effect, whose variance is `outcome`. */
export const proxyCorrelation = (
  { proxies, withOutcome, noise }: ProxyMoments,
  outcome: number,
  weights: Float64Array,
  n: number,
): number => {
  const p = weights.length;
  let [together, own] = [0, 0];
  for (let a = 0; a < p; a++) {
    together += weights[a]! * withOutcome[a]!;
    for (let b = 0; b < p; b++) own += weights[a]! * weights[b]! * (proxies[a * p + b]! + noise[a * p + b]! / n);
  }
  return together / Math.sqrt(own * outcome);
};
