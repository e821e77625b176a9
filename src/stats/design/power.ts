/** What a comparison of two arms can see, before it starts. */

import { normal } from '../distributions/normal.ts';

export interface Design {
  /** Variance of the metric between units, pooled over arms. */
  readonly variance: number;
  /** Share of units in the arm and in the one it is compared with; of all units, each in (0, 1). */
  readonly shares: readonly [of: number, against: number];
  /** Error allowed, of all sides. */
  readonly alpha: number;
  readonly sides: 1 | 2;
}

/** Squared standard error of the difference times the number of all units. */
const scaleOf = ({ variance, shares }: Design): number => variance * (1 / shares[0] + 1 / shares[1]);

const criticalOf = ({ alpha, sides }: Design): number => normal.quantile(1 - alpha / sides);

/** Chance of a significant result in the right direction when the difference is `effect` ≥ 0, with `units` in all arms. */
export const powerOf = (design: Design, effect: number, units: number): number =>
  normal.tail(criticalOf(design) - effect / Math.sqrt(scaleOf(design) / units));

/** Least difference seen with chance `power` by `units` in all arms: (z(1-α) + z(power)) standard errors. */
export const detectableEffect = (design: Design, units: number, power: number): number =>
  (criticalOf(design) + normal.quantile(power)) * Math.sqrt(scaleOf(design) / units);

/**
 * Units in all arms for a difference of `effect` ≠ 0 to be seen with chance `power`, rounded up; Infinity for an effect of
 * 0. For non-inferiority give the margin as the effect and one side.
 */
export const unitsNeeded = (design: Design, effect: number, power: number): number =>
  effect === 0
    ? Number.POSITIVE_INFINITY
    : Math.ceil(scaleOf(design) * ((criticalOf(design) + normal.quantile(power)) / effect) ** 2 * (1 - 1e-12));
