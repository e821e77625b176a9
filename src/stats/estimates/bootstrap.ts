import type { Estimate } from '#domain';
import type { Rng } from '#math';
import { normal } from '../distributions/normal.ts';
import { quantile, sorted } from '../quantile.ts';
import { type LevelOption, levelOf } from './level.ts';

export interface BootstrapOptions extends LevelOption {
  /** Number of resamples; 2,000 unless given. */
  readonly resamples?: number;
  /**
   * `percentile` takes quantiles of the resampled statistic; `bca` corrects them for bias and skewness with the jackknife
   * (n more evaluations). `bca` unless given.
   */
  readonly interval?: 'percentile' | 'bca';
}

/** A statistic of the units whose indices are given, with repetition. Undefined results are NaN. */
export type ResampledStatistic = (indices: Uint32Array) => number;

/**
 * Bootstrap over units [Efron1987]: draws `n` of `n` units with replacement and takes the statistic of each draw. Pass
 * listeners, not events, when events of a listener depend on each other. Same seed, same interval.
 * Cost: (resamples + n for bca) evaluations. Reasons: `no_units`, `one_unit`, `not_finite` when the statistic of the
 * sample is undefined, `undefined_in_resamples` when that of more than 1 % of the draws is.
 */
export const bootstrapEstimate = (
  n: number,
  statistic: ResampledStatistic,
  rng: Rng,
  options: BootstrapOptions = {},
): Estimate => {
  const level = levelOf(options);
  const resamples = options.resamples ?? 2000;
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  const indices = Uint32Array.from({ length: n }, (_, index) => index);
  const value = statistic(indices);
  if (!Number.isFinite(value)) return { ok: false, reason: 'not_finite' };
  const draws = drawStatistics(n, resamples, statistic, rng);
  if (draws.length < 0.99 * resamples) return { ok: false, reason: 'undefined_in_resamples' };
  const kind = options.interval ?? 'bca';
  const out = (1 - level) / 2;
  const places = kind === 'bca' ? bcaPlaces(draws, value, jackknife(n, statistic), out) : ([out, 1 - out] as const);
  const interval = { lower: quantile(draws, places[0]), upper: quantile(draws, places[1]) };
  return { ok: true, value, interval, level, n, method: `bootstrap, ${kind} interval, ${resamples} resamples` };
};

const drawStatistics = (n: number, resamples: number, statistic: ResampledStatistic, rng: Rng): Float64Array => {
  const indices = new Uint32Array(n);
  const draws: number[] = [];
  for (let draw = 0; draw < resamples; draw++) {
    for (let i = 0; i < n; i++) indices[i] = rng.int(n);
    const drawn = statistic(indices);
    if (Number.isFinite(drawn)) draws.push(drawn);
  }
  return sorted(draws);
};

/** The statistic without each unit in turn. */
const jackknife = (n: number, statistic: ResampledStatistic): number[] => {
  const indices = Uint32Array.from({ length: n - 1 }, (_, index) => index + 1);
  const values: number[] = [];
  for (let left = 0; left < n; left++) {
    if (left > 0) indices[left - 1] = left - 1;
    values.push(statistic(indices));
  }
  return values;
};

/** [Efron1987, eq. 6.6]: where the ends lie among the draws. */
const bcaPlaces = (
  draws: Float64Array,
  value: number,
  left: readonly number[],
  out: number,
): readonly [number, number] => {
  let below = 0;
  for (const draw of draws) below += draw < value ? 1 : draw === value ? 0.5 : 0;
  const share = Math.min(Math.max(below, 0.5), draws.length - 0.5) / draws.length;
  const bias = normal.quantile(share);
  const mean = left.reduce((sum, one) => sum + one, 0) / left.length;
  let squares = 0;
  let cubes = 0;
  for (const one of left) {
    squares += (mean - one) ** 2;
    cubes += (mean - one) ** 3;
  }
  const skew = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  const place = (z: number): number => {
    const shifted = bias + z;
    const place = normal.cdf(bias + shifted / (1 - skew * shifted));
    return Number.isFinite(place) ? place : normal.cdf(z);
  };
  return [place(normal.quantile(out)), place(normal.quantile(1 - out))];
};
