/** What the data so far can see, and how many units would be enough. */

import { detectableEffect, unitsNeeded } from '#stats';
import type { ArmChange, MetricResult } from '../analysis/compare.ts';
import type { Allocation } from './allocation.ts';

export interface Enough {
  readonly metric: string;
  /** Units in this arm and the control so far. */
  readonly units: number;
  /** Least relative effect that these units show with the power asked for; undefined when the control's value is 0. */
  readonly detectable?: number;
  /** Relative effect that is looked for. */
  readonly target?: number;
  /** Units in both arms for that. */
  readonly needed?: number;
}

/**
 * Power of a success metric at the present variance. `target` is the relative effect declared as worth finding, undefined
 * when none was declared: then only what can be seen is told.
 */
export const enoughFor = (result: MetricResult, change: ArmChange, allocation: Allocation, target?: number): Enough => {
  const { effect } = change;
  const base = Math.abs(result.controlValue);
  const units = effect.n;
  if (!(base > 0 && effect.variance > 0)) return { metric: result.name, units };
  // The variance of the difference times the units: what a design of the same shares would have.
  const scale = effect.variance * units;
  const design = { variance: scale / 4, shares: [0.5, 0.5] as const, alpha: result.alpha, sides: 2 as const };
  const power = 1 - allocation.betaEach;
  return {
    metric: result.name,
    units,
    detectable: detectableEffect(design, units, power) / base,
    ...(target !== undefined && { target, needed: unitsNeeded(design, target * base, power) }),
  };
};

/** The same for a guardrail, whose margin is what has to be seen. */
export const enoughForMargin = (result: MetricResult, change: ArmChange, allocation: Allocation): Enough => ({
  ...enoughFor({ ...result, alpha: allocation.alphaGuardrail }, change, allocation, result.plan.margin),
});
