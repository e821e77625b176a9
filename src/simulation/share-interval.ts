/** Intervals of shares that stay shares. */

import type { Estimate } from '#domain';
import { logit, sigmoid } from './weighted-draw.ts';

/**
 * A symmetric interval of a share carried to the logit scale by the delta method and back: it lies within (0, 1), wider
 * towards the middle. A share of 0 or 1 keeps the interval it has, cut to [0, 1].
 */
export const onLogitScale = (estimate: Estimate): Estimate => {
  if (!estimate.ok) return estimate;
  const { value, interval, method } = estimate;
  if (value <= 0 || value >= 1) {
    return { ...estimate, interval: { lower: Math.max(0, interval.lower), upper: Math.min(1, interval.upper) } };
  }
  const half = (interval.upper - value) / (value * (1 - value));
  const middle = logit(value);
  return {
    ...estimate,
    interval: { lower: sigmoid(middle - half), upper: sigmoid(middle + half) },
    method: `${method}, on the logit scale`,
  };
};

/** The interval cut to where the quantity can lie: what is cut off holds no value it can have. */
export const cutTo = (estimate: Estimate, least: number, most: number): Estimate => {
  if (!estimate.ok) return estimate;
  const { lower, upper } = estimate.interval;
  return { ...estimate, interval: { lower: Math.max(least, lower), upper: Math.min(most, upper) } };
};
