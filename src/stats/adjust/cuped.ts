import type { PairMoments } from '../pair-moments.ts';

/**
 * CUPED [Deng2013]: the slope θ = cov(x, y) / var(x) of a metric on a covariate from before the treatment, pooled within
 * arms so that an effect on y does not leak into it. y - θ (x - mean of all x) has the same expected difference and 1 - ρ² of
 * the variance. Undefined when x does not vary.
 */
export const cupedSlope = (arms: readonly PairMoments[]): number | undefined => {
  let products = 0;
  let squares = 0;
  for (const arm of arms) {
    products += arm.products;
    squares += arm.squaresX;
  }
  return squares > 0 ? products / squares : undefined;
};
