/** The variance of a metric between units, for planning. */

import { createRng } from '#math';
import { crossFittedPrediction } from '#stats';
import { adjustByCovariate } from './analysis/adjust.ts';
import { armEffect, armValues } from './analysis/arm-values.ts';
import { type MetricSpec, metricName } from './analysis/metric-spec.ts';
import { meanByUnit, type UnitData } from './analysis/unit-data.ts';

export type MetricVariance =
  | {
      readonly ok: true;
      readonly metric: string;
      readonly mean: number;
      readonly variance: number;
      readonly varianceLeft: number;
    }
  | { readonly ok: false; readonly metric: string; readonly reason: string };

const FOLDS = 5;
/** Below this a prediction has nothing to learn from. */
const LEAST_UNITS = 50;

/** Of all units as one arm. Reasons: `no_units`, `one_unit`, `zero_mean`, `no_variance`, `not_reached`. */
export const metricVariance = (data: UnitData, spec: MetricSpec, covariates: readonly string[]): MetricVariance => {
  const metric = metricName(spec);
  const values = armValues(data, spec);
  const effect = armEffect(data, values, 0);
  if (effect.n === 0) return { ok: false, metric, reason: spec.kind === 'time' ? 'not_reached' : 'no_units' };
  if (effect.n < 2) return { ok: false, metric, reason: 'one_unit' };
  if (effect.value === 0) return { ok: false, metric, reason: 'zero_mean' };
  if (!(effect.variance > 0)) return { ok: false, metric, reason: 'no_variance' };
  const variance = effect.variance * effect.n;
  const base = { ok: true as const, metric, mean: effect.value, variance };
  if (effect.n < LEAST_UNITS) return { ...base, varianceLeft: 1 };
  const rng = createRng('cupac folds');
  const folds = Uint8Array.from(values.influence, () => rng.int(FOLDS));
  const known = values.influence.map((moved) => (Number.isNaN(moved) ? 0 : moved));
  const prediction = crossFittedPrediction(
    known,
    covariates.map((column) => meanByUnit(data, column)),
    folds,
    FOLDS,
  );
  return { ...base, varianceLeft: adjustByCovariate(data, values, prediction)?.varianceLeft ?? 1 };
};
