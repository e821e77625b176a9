/** The effect of an exposure by regression, and by an instrument that moved the exposure at random. */

import type { Estimate } from '#domain';
import type { LevelOption } from '../estimates/level.ts';
import { normalEstimate } from '../estimates/symmetric.ts';
import { type Covariates, residualsOf } from './least-squares.ts';

export interface ExposureData {
  readonly outcome: ArrayLike<number>;
  readonly exposure: ArrayLike<number>;
  readonly covariates: Covariates;
}

/** Below this F the interval of an instrument is not to be trusted [Staiger1997]. */
export const WEAK_F = 10;

export interface InstrumentFit {
  /** Effect of one unit of exposure on those whom the instrument moved (LATE). */
  readonly effect: Estimate;
  /** F of the instrument in the regression of the exposure, robust; null when it cannot be told. */
  readonly firstStageF: number | null;
}

/**
 * Two-stage least squares with one instrument [Angrist1996]: covariates are taken out of outcome, exposure and instrument,
 * then β = Σ z̃ỹ / Σ z̃d̃, variance Σ z̃²e² / (Σ z̃d̃)² robust to unequal variances. Reasons: `few_units`;
 * `zero_variance` when covariates repeat each other or tell the instrument; `weak_instrument` when F < 10.
 */
export const instrumentEffect = (
  { outcome, exposure, covariates }: ExposureData,
  instrument: ArrayLike<number>,
  options: LevelOption = {},
): InstrumentFit => {
  const n = outcome.length;
  if (exposure.length !== n || instrument.length !== n || covariates.values.length !== n * covariates.p) {
    throw new RangeError(`${n} outcomes: expected as many exposures, instruments and rows of covariates`);
  }
  const failed = (reason: string): InstrumentFit => ({ effect: { ok: false, reason }, firstStageF: null });
  if (n < covariates.p + 10) return failed('few_units');
  const [y, d, z] = [outcome, exposure, instrument].map((each) => residualsOf(covariates, each));
  if (!(y && d && z)) return failed('zero_variance');
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const zz = dot(z, z);
  const zd = dot(z, d);
  if (!(zz > 1e-12 * n)) return failed('zero_variance');
  const scale = n / (n - covariates.p - 2);
  const meat = (residual: (i: number) => number): number =>
    scale * z.reduce((sum, value, i) => sum + (value * residual(i)) ** 2, 0);
  const pi = zd / zz;
  const firstStageF = (pi * zz) ** 2 / meat((i) => d[i]! - pi * z[i]!);
  if (!(firstStageF >= WEAK_F)) return { effect: { ok: false, reason: 'weak_instrument' }, firstStageF };
  const value = dot(z, y) / zd;
  const variance = meat((i) => y[i]! - value * d[i]!) / zd ** 2;
  return { effect: normalEstimate({ value, variance, n, method: 'two-stage least squares' }, options), firstStageF };
};

/**
 * What goes with one unit more of the exposure among units of equal covariates: least squares, robust. An association,
 * whatever is adjusted for. Reasons: `few_units`, `zero_variance`.
 */
export const adjustedAssociation = (data: ExposureData, options: LevelOption = {}): Estimate => {
  // The exposure as its own instrument is least squares, with a first stage that nothing disturbs.
  const { effect } = instrumentEffect(data, data.exposure, options);
  return effect.ok ? { ...effect, method: 'least squares' } : effect;
};
