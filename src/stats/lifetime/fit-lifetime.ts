/** Lifetime models fitted to histories by maximum likelihood. */

import type { Estimate } from '#domain';
import { covarianceAt, type Minimum, minimize } from '#math';
import type { LevelOption } from '../estimates/level.ts';
import { normalEstimate } from '../estimates/symmetric.ts';
import { bgNbd, mbgNbd } from './beta-geometric.ts';
import { GAMMA_GAMMA, logLikelihoodOfValue } from './gamma-gamma.ts';
import { checkHistories, type Histories, type ValuedHistories } from './histories.ts';
import type { History, LifetimeModel } from './lifetime-model.ts';
import { paretoNbd } from './pareto-nbd.ts';

export const LIFETIME_MODELS = ['bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const;
export type LifetimeModelName = (typeof LIFETIME_MODELS)[number];

const MODELS: Readonly<Record<LifetimeModelName, LifetimeModel>> = {
  'bg-nbd': bgNbd,
  'mbg-nbd': mbgNbd,
  'pareto-nbd': paretoNbd,
};

export interface FittedParameter {
  readonly name: string;
  readonly estimate: Estimate;
}

export type ParameterFit =
  | {
      readonly ok: true;
      /** In the order of the model, times in the unit of the histories. */
      readonly values: readonly number[];
      readonly parameters: readonly FittedParameter[];
      readonly logLikelihood: number;
      /** Users the fit rests on. */
      readonly n: number;
    }
  | { readonly ok: false; readonly reason: 'no_units' | 'no_repeats' | 'no_converged' };

export type LifetimeFit =
  | (Extract<ParameterFit, { ok: true }> & {
      readonly model: LifetimeModelName;
      /** P(not gone at the end of observation | history). */
      readonly alive: (history: History) => number;
      /** Expected acts in the time t after the end of observation. */
      readonly expectedActs: (history: History, t: number) => number;
    })
  | Extract<ParameterFit, { ok: false }>;

/**
 * Fits a model to histories: BFGS over the logarithms of the parameters, from another start when one leads nowhere. Times are
 * scaled inside, so any unit does. Equal histories are counted once. Intervals are normal on the log scale. Reasons:
 * `no_units`; `no_repeats` when nobody came back, so nothing tells rate from leaving; `no_converged` when the likelihood
 * has no peak, as with a few users. @throws {RangeError} as `checkHistories`.
 */
export const fitLifetime = (histories: Histories, name: LifetimeModelName, options: LevelOption = {}): LifetimeFit => {
  checkHistories(histories);
  const model = MODELS[name];
  const n = histories.frequency.length;
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (!histories.frequency.some((x) => x > 0)) return { ok: false, reason: 'no_repeats' };
  const scale = 10 / histories.age.reduce((most, age) => Math.max(most, age), 0);
  const counted = countEqual(histories, scale);
  const fit = fitPositive(
    (values) => counted.reduce((sum, { history, count }) => sum + count * model.logLikelihood(values, history), 0),
    {
      names: model.parameters,
      n,
      units: model.parameters.map((_, j) => (model.timeScaled.includes(j) ? 1 / scale : 1)),
    },
    options,
  );
  if (!fit.ok) return fit;
  // Each repeat has a density in time: back in the caller's unit, it scales with it.
  const repeats = histories.frequency.reduce((sum, x) => sum + x, 0);
  return {
    ...fit,
    logLikelihood: fit.logLikelihood + repeats * Math.log(scale),
    model: name,
    alive: (history) => model.alive(fit.values, history),
    expectedActs: (history, t) => model.expectedActs(fit.values, history, t),
  };
};

/**
 * Fits the gamma-gamma model of values to users with at least one repeat of positive mean value. Reasons: `no_units`
 * without such a user; `no_converged`. The model assumes that value and frequency do not depend on each other: check it.
 */
export const fitGammaGamma = (
  { frequency, meanValue }: Pick<ValuedHistories, 'frequency' | 'meanValue'>,
  options: LevelOption = {},
): ParameterFit => {
  const rows = Array.from(frequency, (x, i) => ({ x, m: meanValue[i]! })).filter(({ x, m }) => x > 0 && m > 0);
  if (rows.length === 0) return { ok: false, reason: 'no_units' };
  const scale = rows.length / rows.reduce((sum, { m }) => sum + m, 0);
  const fit = fitPositive(
    (values) => rows.reduce((sum, { x, m }) => sum + logLikelihoodOfValue(values, x, m * scale), 0),
    { names: GAMMA_GAMMA, n: rows.length, units: [1, 1, 1 / scale] },
    options,
  );
  return fit.ok ? { ...fit, logLikelihood: fit.logLikelihood + rows.length * Math.log(scale) } : fit;
};

interface Named {
  readonly names: readonly string[];
  readonly n: number;
  /** What one of each parameter inside is outside. */
  readonly units: readonly number[];
}

/** Starts on the log scale: all parameters 1, .3 or 3. */
const STARTS = [0, -1.2, 1.1] as const;

/** From the best start on, the first search that reaches a peak. */
const firstPeak = (loss: (logs: Float64Array) => number, count: number): Minimum | undefined => {
  const starts = STARTS.map((start) => new Float64Array(count).fill(start))
    .map((from) => ({ from, value: loss(from) }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value);
  for (const { from } of starts) {
    const peak = minimize(loss, from);
    if (peak.converged) return peak;
  }
  return undefined;
};

const fitPositive = (
  logLikelihood: (values: Float64Array) => number,
  { names, n, units }: Named,
  options: LevelOption,
): ParameterFit => {
  const loss = (logs: Float64Array): number => -logLikelihood(logs.map(Math.exp)) / n;
  const best = firstPeak(loss, names.length);
  if (best === undefined) return { ok: false, reason: 'no_converged' };
  const covariance = covarianceAt(loss, best.x);
  if (covariance === undefined) return { ok: false, reason: 'no_converged' };
  const values = Array.from(best.x, (log, j) => Math.exp(log) * units[j]!);
  return {
    ok: true,
    values,
    parameters: names.map((name, j) => {
      const variance = covariance[j * names.length + j]! / n;
      const estimate = normalEstimate(
        { value: Math.log(values[j]!), variance, n, method: 'maximum likelihood' },
        options,
      );
      return { name, estimate: exponential(estimate) };
    }),
    logLikelihood: -best.value * n,
    n,
  };
};

const exponential = (estimate: Estimate): Estimate => {
  if (!estimate.ok) return estimate;
  const { lower, upper } = estimate.interval;
  return { ...estimate, value: Math.exp(estimate.value), interval: { lower: Math.exp(lower), upper: Math.exp(upper) } };
};

const countEqual = ({ frequency, recency, age }: Histories, scale: number) => {
  const counted = new Map<string, { readonly history: History; count: number }>();
  for (let i = 0; i < frequency.length; i++) {
    const key = `${frequency[i]} ${recency[i]} ${age[i]}`;
    const known = counted.get(key);
    if (known) known.count++;
    else counted.set(key, { history: { x: frequency[i]!, tx: recency[i]! * scale, T: age[i]! * scale }, count: 1 });
  }
  return [...counted.values()];
};
