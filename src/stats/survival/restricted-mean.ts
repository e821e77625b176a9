/** Mean time within a horizon: the area under a survival curve up to it. */

import type { Estimate } from '#domain';
import type { LevelOption } from '../estimates/level.ts';
import { normalEstimate } from '../estimates/symmetric.ts';
import type { SurvivalCurve } from './kaplan-meier.ts';

interface Area {
  readonly value: number;
  readonly variance: number;
}

/**
 * RMST(τ) = ∫₀^τ S(t) dt: the mean of min(T, τ), in the unit of the durations, with variance
 * Σ (∫_{tᵢ}^τ S)² d / (n (n − d)) [Klein2003, section 4.5], without the finite-sample factor. Reasons: `no_units`;
 * `horizon_beyond_data` when nobody was followed to τ and not everybody had ended; `zero_variance` when no end was seen.
 * @throws {RangeError} unless the horizon is finite and above 0.
 */
export const restrictedMean = (curve: SurvivalCurve, horizon: number, options: LevelOption = {}): Estimate => {
  const area = areaUpTo(curve, horizon);
  if (typeof area === 'string') return { ok: false, reason: area };
  const estimate = normalEstimate({ ...area, n: curve.n, method: 'restricted mean of Kaplan–Meier' }, options);
  if (!estimate.ok) return estimate;
  const { lower, upper } = estimate.interval;
  return { ...estimate, interval: { lower: Math.max(0, lower), upper: Math.min(horizon, upper) } };
};

/**
 * Difference of restricted means, first minus second, of independent groups. Reasons as `restrictedMean`, of whichever
 * group lacks it.
 */
export const restrictedMeanDifference = (
  first: SurvivalCurve,
  second: SurvivalCurve,
  horizon: number,
  options: LevelOption = {},
): Estimate => {
  const a = areaUpTo(first, horizon);
  const b = areaUpTo(second, horizon);
  if (typeof a === 'string') return { ok: false, reason: a };
  if (typeof b === 'string') return { ok: false, reason: b };
  const n = first.n + second.n;
  const method = 'difference of restricted means';
  return normalEstimate({ value: a.value - b.value, variance: a.variance + b.variance, n, method }, options);
};

const areaUpTo = ({ steps, n, durations }: SurvivalCurve, horizon: number): Area | string => {
  if (!(horizon > 0 && Number.isFinite(horizon))) {
    throw new RangeError(`horizon ${horizon}: expected a finite time above 0`);
  }
  if (n === 0) return 'no_units';
  const within = steps.filter((step) => step.time <= horizon);
  const last = within.at(-1);
  if (last === undefined) return 'zero_variance';
  if (last.survival > 0 && durations[n - 1]! < horizon) return 'horizon_beyond_data';
  let right = 0;
  let variance = 0;
  let until = horizon;
  for (const step of within.toReversed()) {
    right += (until - step.time) * step.survival;
    until = step.time;
    // Where everybody ends, nothing is left to the right and the term is 0 · ∞.
    if (step.ended < step.atRisk) variance += (right * right * step.ended) / (step.atRisk * (step.atRisk - step.ended));
  }
  if (variance === 0) return 'zero_variance';
  return { value: right + until, variance };
};
