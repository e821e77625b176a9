/** How much of the error may be spent by the time a share of the information is in. */

import { normal } from '../distributions/normal.ts';

/** Error spent at information fraction t in [0, 1]: 0 at 0, `alpha` at 1, rising. */
export type SpendingFunction = (fraction: number, alpha: number) => number;

/**
 * Spending functions of [Lan1983] and [Kim1987]. `obrien-fleming`: 2 - 2Φ(z(1 - α/2) / √t), little early; `pocock`:
 * α ln(1 + (e - 1) t), evenly; `power`: α t^φ with φ = 2, in between. Of `alpha` for one side: a two-sided test spends
 * half of its error on each.
 */
export const SPENDING_FUNCTIONS = {
  'obrien-fleming': (t, alpha) => (t <= 0 ? 0 : 2 * normal.tail(normal.quantile(1 - alpha / 2) / Math.sqrt(t))),
  pocock: (t, alpha) => alpha * Math.log(1 + (Math.E - 1) * t),
  power: (t, alpha) => alpha * t ** 2,
} as const satisfies Record<string, SpendingFunction>;

export type SpendingName = keyof typeof SPENDING_FUNCTIONS;
