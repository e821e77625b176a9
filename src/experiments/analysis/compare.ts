/** One metric of an experiment: its value in each arm and what each arm changed. */

import type { Estimate } from '#domain';
import {
  type Count,
  difference,
  type Effect,
  effectEstimate,
  proportionDifference,
  proportionEstimate,
  proportionTest,
  type TestResult,
} from '#stats';
import { type ArmValues, armEffect } from './arm-values.ts';
import { intervalOf, type Looks, testOf } from './looks.ts';
import type { MetricPlan } from './metric-plan.ts';
import { metricName } from './metric-spec.ts';
import type { UnitData } from './unit-data.ts';

export interface ArmChange {
  readonly arm: string;
  readonly absolute: Estimate;
  /** Relative to the control's value: 0.05 is 5 % more. */
  readonly relative: Estimate;
  readonly test: TestResult;
  /** Absolute and relative change at the level of guardrails and of deterioration, 1 - α unadjusted. */
  readonly absoluteUnadjusted: Estimate;
  readonly relativeUnadjusted: Estimate;
  /** The difference with its squared standard error, for planning. */
  readonly effect: Effect;
}

export interface MetricResult {
  readonly name: string;
  readonly plan: MetricPlan;
  /** Two-sided error of this metric's test: its part of that of the experiment. */
  readonly alpha: number;
  readonly arms: readonly { readonly arm: string; readonly estimate: Estimate }[];
  /** The control's value, also where nothing tells how far it may be off; NaN without data. */
  readonly controlValue: number;
  readonly changes: readonly ArmChange[];
  /** Share of the variance left by covariate or strata; 1 when none was used. */
  readonly varianceLeft: number;
  /** Variance of the metric between units, in the control. */
  readonly unitVariance: number;
}

export interface CompareOptions {
  readonly looks: Looks;
  /** Error of this metric's test. */
  readonly alpha: number;
  /** Error of the whole experiment, for what is not adjusted. */
  readonly alphaWhole: number;
  readonly varianceLeft: number;
}

/** Compares each arm with the first. */
export const compareArms = (
  data: UnitData,
  plan: MetricPlan,
  values: ArmValues,
  options: CompareOptions,
): MetricResult => {
  const effects = data.arms.map((_, arm) => armEffect(data, values, arm));
  const [control, ...others] = effects as [Effect, ...Effect[]];
  const units = effects.reduce((sum, effect) => sum + effect.n, 0);
  const { looks, alpha, alphaWhole } = options;
  // A curve that does not come down far enough has no quantile, however many units there are.
  const missing: Estimate = { ok: false, reason: plan.spec.kind === 'time' ? 'not_reached' : 'no_units' };
  const interval = (effect: Effect, error: number): Estimate =>
    Number.isNaN(effect.value) ? missing : intervalOf(effect, looks, error, units);
  const counts = countsOf(data, plan, values, options);
  const changes = others.map((other, index): ArmChange => {
    const effect = difference(other, control);
    const own = interval(effect, alpha);
    const whole = interval(effect, alphaWhole);
    const [zero, one] = [counts?.[0], counts?.[index + 1]];
    return {
      arm: data.arms[index + 1]!,
      ...(one && zero
        ? {
            absolute: proportionDifference(one, zero, { level: 1 - alpha }),
            test: proportionTest(one, zero),
            absoluteUnadjusted: proportionDifference(one, zero, { level: 1 - alphaWhole }),
          }
        : { absolute: own, test: testOf(effect, looks, alpha, units), absoluteUnadjusted: whole }),
      relative: relativeInterval(other, control, own),
      relativeUnadjusted: relativeInterval(other, control, whole),
      effect,
    };
  });
  const armEstimate = (effect: Effect, arm: number): Estimate => {
    const level = { level: 1 - alphaWhole };
    if (effect.n === 0) return missing;
    if (counts) return proportionEstimate(counts[arm]!.successes, counts[arm]!.n, level);
    if (effect.variance === 0) return { ok: false, reason: 'no_variance' };
    return effectEstimate(effect, 'mean of units, t interval', level);
  };
  return {
    name: metricName(plan.spec),
    plan,
    alpha,
    arms: effects.map((effect, arm) => ({ arm: data.arms[arm]!, estimate: armEstimate(effect, arm) })),
    controlValue: control.value,
    changes,
    varianceLeft: options.varianceLeft,
    unitVariance: control.variance * control.n,
  };
};

/**
 * Relative change with Fieller's interval [Fieller1954] at the same number of standard errors as the absolute one: it
 * excludes 0 exactly when that one does. Reasons: those of the absolute interval; `control_near_zero` when the control
 * cannot be told from 0, so that the ratio has no bounds.
 */
const relativeInterval = (of: Effect, control: Effect, absolute: Estimate): Estimate => {
  if (!absolute.ok) return absolute;
  if (control.value === 0) return { ok: false, reason: 'zero_denominator' };
  const squared = (absolute.interval.upper - absolute.value) ** 2 / (of.variance + control.variance);
  const a = control.value ** 2 - squared * control.variance;
  if (a <= 0) return { ok: false, reason: 'control_near_zero' };
  const b = of.value * control.value;
  const c = of.value ** 2 - squared * of.variance;
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  const interval = { lower: (b - root) / a - 1, upper: (b + root) / a - 1 };
  return { ...absolute, value: of.value / control.value - 1, interval, method: `${absolute.method}, Fieller` };
};

/** Counts by arm, for Wilson's and Newcombe's intervals and the pooled z test; undefined where they do not hold. */
const countsOf = (
  data: UnitData,
  { spec }: MetricPlan,
  { values, influence }: ArmValues,
  { looks, varianceLeft }: CompareOptions,
): readonly Count[] | undefined => {
  if (spec.kind !== 'binary' || looks.kind !== 'fixed' || varianceLeft !== 1) return undefined;
  // Several rows a unit: shares of rows, whose units are clusters; counts would take them for independent.
  if (data.unitOf.length !== data.armOf.length) return undefined;
  const n = data.arms.map(() => 0);
  for (let unit = 0; unit < data.armOf.length; unit++) {
    if (!Number.isNaN(influence[unit]!)) n[data.armOf[unit]!]! += 1;
  }
  return n.map((units, arm) => ({ n: units, successes: units === 0 ? 0 : values[arm]! * units }));
};
