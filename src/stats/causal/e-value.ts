/** How strong something unseen would have to be to explain an association away. */

import type { Estimate } from '#domain';

export interface EValue {
  /** Risk ratio that an unseen cause must have with exposure and outcome, each, to explain the value away; from 1 on. */
  readonly value: number;
  /** The same for the end of the interval next to no effect; 1 when the interval holds 0. */
  readonly interval: number;
}

/**
 * The E-value of a difference in means [VanderWeele2017]: RR ≈ exp(0.91 · difference / sd), E = RR + √(RR (RR − 1)).
 * `deviation` is the standard deviation of the outcome. Undefined where there is no estimate or no deviation.
 */
export const eValue = (difference: Estimate, deviation: number): EValue | undefined => {
  if (!difference.ok || !(deviation > 0)) return undefined;
  const of = (value: number): number => {
    const ratio = Math.exp(0.91 * Math.abs(value / deviation));
    return ratio + Math.sqrt(ratio * (ratio - 1));
  };
  const { lower, upper } = difference.interval;
  const nearest = lower * upper <= 0 ? 0 : Math.min(Math.abs(lower), Math.abs(upper));
  return { value: of(difference.value), interval: of(nearest) };
};
