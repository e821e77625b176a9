/** The share still there after a time, when some were not followed to their end. */

import type { Estimate, Interval } from '#domain';
import { normal } from '../distributions/normal.ts';
import { type LevelOption, levelOf } from '../estimates/level.ts';
import { type Lifetimes, type RiskRow, riskTable } from './risk-table.ts';

export interface SurvivalStep extends RiskRow {
  /** S(time): share that lasts longer than this time, in [0, 1]. */
  readonly survival: number;
  /** Var of log S by Greenwood: Σ d / (n (n − d)) up to here; infinite once everybody has ended. */
  readonly logVariance: number;
}

export interface SurvivalCurve {
  readonly steps: readonly SurvivalStep[];
  /** Units the curve rests on. */
  readonly n: number;
  /** Durations of all units in ascending order. */
  readonly durations: Float64Array;
}

/**
 * The product-limit estimate S(t) = Π (1 − d/n) over the times up to t [Kaplan1958], with Greenwood's variance
 * [Greenwood1926]. O(n log n). @throws {RangeError} when a duration is negative or the lists differ in length.
 */
export const kaplanMeier = (lifetimes: Lifetimes): SurvivalCurve => {
  let survival = 1;
  let logVariance = 0;
  const steps = riskTable(lifetimes).map(({ time, atRisk, ended }): SurvivalStep => {
    survival *= 1 - ended / atRisk;
    logVariance += ended / (atRisk * (atRisk - ended));
    return { time, atRisk, ended, survival: ended === atRisk ? 0 : survival, logVariance };
  });
  return { steps, n: lifetimes.durations.length, durations: Float64Array.from(lifetimes.durations).sort() };
};

/** The last step at or before a time; undefined before the first end. */
export const stepAt = ({ steps }: SurvivalCurve, time: number): SurvivalStep | undefined => {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.time <= time) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1];
};

const METHOD = 'Kaplan–Meier, log-log band';

/**
 * S(time) with its interval on the log(−log S) scale, which stays within [0, 1] [Kalbfleisch2002, section 1.4.1]. While
 * nobody has ended the interval is the exact one of 0 ends among those still followed. Reasons: `no_units`;
 * `nobody_followed_that_long` past the last duration, unless everybody had ended; `everybody_ended`, when S is 0 and its
 * uncertainty cannot be told from this curve.
 */
export const survivalAt = (curve: SurvivalCurve, time: number, options: LevelOption = {}): Estimate => {
  const level = levelOf(options);
  const { n, durations } = curve;
  if (n === 0) return { ok: false, reason: 'no_units' };
  const step = stepAt(curve, time);
  if (step?.survival === 0) return { ok: false, reason: 'everybody_ended' };
  if (time > durations[n - 1]!) return { ok: false, reason: 'nobody_followed_that_long' };
  const value = step?.survival ?? 1;
  const interval = step === undefined ? untouched(curve, time, level) : logLogBand(step, level);
  return { ok: true, value, interval, level, n, method: METHOD };
};

/** The band of one step. Its survival must lie strictly between 0 and 1. */
export const logLogBand = ({ survival, logVariance }: SurvivalStep, level: number): Interval => {
  const half = (normal.quantile((1 + level) / 2) * Math.sqrt(logVariance)) / Math.abs(Math.log(survival));
  return { lower: survival ** Math.exp(half), upper: survival ** Math.exp(-half) };
};

const untouched = ({ n, durations }: SurvivalCurve, time: number, level: number): Interval => {
  const followed = n - durations.findIndex((duration) => duration >= time);
  return { lower: ((1 - level) / 2) ** (1 / followed), upper: 1 };
};

/**
 * The time by which a share `1 − p` has ended: the first with S ≤ p, its interval from where the band crosses p
 * [Brookmeyer1982]; an end that the curve does not reach is infinite. Reasons: `no_units`, `not_reached`.
 */
export const survivalQuantile = (curve: SurvivalCurve, p = 0.5, options: LevelOption = {}): Estimate => {
  const level = levelOf(options);
  if (curve.n === 0) return { ok: false, reason: 'no_units' };
  const reached = curve.steps.find((step) => step.survival <= p);
  if (reached === undefined) return { ok: false, reason: 'not_reached' };
  const bounds = curve.steps.map((step) => ({
    time: step.time,
    // Everybody has ended: the band is open, as `survivalAt` says.
    band: step.survival === 0 ? { lower: 0, upper: 1 } : logLogBand(step, level),
  }));
  const lower = bounds.find(({ band }) => band.lower <= p)?.time ?? reached.time;
  const upper = bounds.find(({ band }) => band.upper <= p)?.time ?? Number.POSITIVE_INFINITY;
  return { ok: true, value: reached.time, interval: { lower, upper }, level, n: curve.n, method: METHOD };
};
