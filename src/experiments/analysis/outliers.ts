/** Means that a few units carry. */

import type { Estimate } from '#domain';
import { difference, type Effect, effectEstimate } from '#stats';
import { type ArmValues, armEffect, armValues } from './arm-values.ts';
import type { MetricSpec } from './metric-spec.ts';
import type { UnitData } from './unit-data.ts';

export interface TailReport {
  /** Largest influence of one unit, as a share of the metric's variance in its arm, in [0, 1]. */
  readonly largestShare: number;
  readonly arm: string;
  /** Effect of the first arm on the control when the tail is cut at the 99.9th percentile of all arms. */
  readonly winsorized: Estimate;
  /** What cutting changed: the mean of the control before and after. The cut metric estimates a smaller mean. */
  readonly controlMean: number;
  readonly controlWinsorized: number;
}

const CUT = 0.999;
/** One unit holding a twentieth of an arm's variance: the t interval cannot be trusted by the size of the sample alone. */
const HEAVY = 0.05;

/** For a mean or a ratio of which one unit holds more than 5 % of the variance; undefined otherwise. */
export const tailReport = (data: UnitData, spec: MetricSpec, values: ArmValues): TailReport | undefined => {
  if (spec.kind !== 'mean') return undefined;
  const largest = data.arms.map(() => 0);
  const total = data.arms.map(() => 0);
  for (let unit = 0; unit < values.influence.length; unit++) {
    const square = values.influence[unit]! ** 2;
    if (Number.isNaN(square)) continue;
    const arm = data.armOf[unit]!;
    total[arm]! += square;
    largest[arm] = Math.max(largest[arm]!, square);
  }
  const shares = largest.map((square, arm) => (total[arm]! > 0 ? square / total[arm]! : 0));
  const largestShare = Math.max(...shares);
  const units = values.influence.length;
  // In a small sample every unit holds much; twenty units of equal influence hold a twentieth each.
  if (largestShare < HEAVY || units < 1000) return undefined;
  const cut = armValues(data, { kind: 'winsorized', column: spec.column, quantile: CUT });
  return {
    largestShare,
    arm: data.arms[shares.indexOf(largestShare)]!,
    winsorized: winsorizedDifference(difference(armEffect(data, cut, 1), armEffect(data, cut, 0))),
    controlMean: values.values[0]!,
    controlWinsorized: cut.values[0]!,
  };
};

/** Nothing may vary once the tail is cut, as where one unit in two thousand did anything. */
const winsorizedDifference = (effect: Effect): Estimate =>
  effect.variance === 0
    ? { ok: false, reason: 'no_variance' }
    : effectEstimate(effect, 'winsorized mean, Welch t interval');
