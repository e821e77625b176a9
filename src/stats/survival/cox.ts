/** Proportional hazards: how much sooner or later units end, by what is known of them. */

import type { Estimate } from '#domain';
import { invertSymmetric, solveSymmetric } from '#math';
import { type LevelOption, levelOf } from '../estimates/level.ts';
import { normalEstimate } from '../estimates/symmetric.ts';
import { type CoxLayout, coxDerivatives, type Derivatives, type Ties } from './cox-likelihood.ts';
import { scoreResiduals } from './cox-residuals.ts';
import { checkLifetimes, type Lifetimes } from './risk-table.ts';

export interface CoxInput extends Lifetimes {
  /** n × p, row-major: what is known of each unit from its beginning. */
  readonly covariates: ArrayLike<number>;
  /** Names of the p covariates. */
  readonly names: readonly string[];
  /** Hazards are proportional within a stratum; each has its own baseline. */
  readonly strata?: ArrayLike<number>;
  /** Units of one cluster (a listener's absences) may depend on each other: the variance becomes the sandwich [Lin1989]. */
  readonly clusters?: ArrayLike<number>;
}

export interface CoxOptions extends LevelOption {
  /** Efron unless given. */
  readonly ties?: Ties;
}

export interface CoxCoefficient {
  readonly name: string;
  /** Log hazard ratio of one unit more of the covariate. */
  readonly value: number;
  readonly standardError: number;
  /** exp(value); above 1 the end comes sooner. For absence an end is a return: above 1 is better. */
  readonly hazardRatio: Estimate;
}

export type CoxFit =
  | {
      readonly ok: true;
      readonly coefficients: readonly CoxCoefficient[];
      readonly logLikelihood: number;
      /** With all coefficients 0. */
      readonly nullLogLikelihood: number;
      /** p × p, row-major: inverse information, or the sandwich when clusters were given. */
      readonly covariance: Float64Array;
      readonly variance: 'model' | 'robust';
      readonly ties: Ties;
      readonly n: number;
      readonly events: number;
    }
  | { readonly ok: false; readonly reason: 'no_units' | 'no_events' | 'zero_variance' | 'separated' };

/**
 * Fits by Newton–Raphson on the partial likelihood, halving steps that lose. Reasons: `no_units`; `no_events`;
 * `zero_variance` when a covariate is constant or repeats others; `separated` when a coefficient runs to infinity.
 * O(n log n + iterations · n p²). @throws {RangeError} for lists whose lengths do not agree.
 */
export const fitCox = (input: CoxInput, options: CoxOptions = {}): CoxFit => {
  checkLifetimes(input);
  const level = levelOf(options);
  const ties = options.ties ?? 'efron';
  const layout = layOut(input);
  if (layout.n === 0) return { ok: false, reason: 'no_units' };
  const events = Array.from(input.ended).reduce<number>((sum, ended) => sum + Number(ended), 0);
  if (events === 0) return { ok: false, reason: 'no_events' };
  const peak = climb(layout, ties);
  if (typeof peak === 'string') return { ok: false, reason: peak };
  const inverse = invertSymmetric(peak.at.information, layout.p);
  if (inverse === undefined) return { ok: false, reason: 'zero_variance' };
  const covariance =
    input.clusters === undefined ? inverse : sandwich(inverse, scoreResiduals(layout, peak.beta, ties), input.clusters);
  return {
    ok: true,
    coefficients: input.names.map((name, j) => {
      const value = peak.beta[j]!;
      const variance = covariance[j * layout.p + j]!;
      const method = input.clusters === undefined ? `Cox, ${ties}` : `Cox, ${ties}, cluster-robust`;
      const hazardRatio = exponential(normalEstimate({ value, variance, n: layout.n, method }, { level }));
      return { name, value, standardError: Math.sqrt(variance), hazardRatio };
    }),
    logLikelihood: peak.at.logLikelihood,
    nullLogLikelihood: peak.nullLogLikelihood,
    covariance,
    variance: input.clusters === undefined ? 'model' : 'robust',
    ties,
    n: layout.n,
    events,
  };
};

const exponential = (estimate: Estimate): Estimate => {
  if (!estimate.ok) return estimate;
  const { lower, upper } = estimate.interval;
  return { ...estimate, value: Math.exp(estimate.value), interval: { lower: Math.exp(lower), upper: Math.exp(upper) } };
};

const layOut = ({ durations, ended, covariates, names, strata, clusters }: CoxInput): CoxLayout => {
  const n = durations.length;
  const p = names.length;
  if (covariates.length !== n * p) {
    throw new RangeError(`${covariates.length} covariate values: expected ${n} units × ${p} names = ${n * p}`);
  }
  for (const each of [strata, clusters]) {
    if (each !== undefined && each.length !== n) throw new RangeError(`${each.length} labels for ${n} units`);
  }
  const x = Float64Array.from(covariates);
  for (let j = 0; j < p; j++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += (x[i * p + j]! - mean) / (i + 1);
    for (let i = 0; i < n; i++) x[i * p + j]! -= mean;
  }
  const labels = strata ?? new Uint8Array(n);
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => labels[a]! - labels[b]! || durations[b]! - durations[a]! || a - b,
  );
  return { n, p, x, durations, ended, order, strata: labels };
};

interface Peak {
  readonly beta: Float64Array;
  readonly at: Derivatives;
  readonly nullLogLikelihood: number;
}

const MOST_STEPS = 40;

const climb = (layout: CoxLayout, ties: Ties): Peak | 'zero_variance' | 'separated' => {
  let beta = new Float64Array(layout.p);
  let at = coxDerivatives(layout, beta, ties);
  const atNull = at;
  const nullLogLikelihood = at.logLikelihood;
  const reached = (): Peak | 'separated' =>
    isFlat(at.information, atNull.information, layout.p) ? 'separated' : { beta, at, nullLogLikelihood };
  for (let count = 0; count < MOST_STEPS; count++) {
    const step = solveSymmetric(at.information, layout.p, at.score);
    // At the null a flat direction is a covariate without variance; later on it is one that separates the ends.
    if (step === undefined) return count === 0 ? 'zero_variance' : 'separated';
    const gain = step.reduce((sum, value, j) => sum + value * at.score[j]!, 0);
    if (gain < 1e-10 * (1 + Math.abs(at.logLikelihood))) {
      // So near the peak the likelihood is too flat to compare; Newton's last step doubles the digits.
      beta = beta.map((value, j) => value + step[j]!);
      at = coxDerivatives(layout, beta, ties);
      return reached();
    }
    const next = ascend(layout, ties, beta, step, at.logLikelihood);
    if (next === undefined) return reached();
    ({ beta, at } = next);
  }
  return 'separated';
};

/** Whether the likelihood has levelled out along a covariate, as it does where the coefficient has no finite best value. */
const isFlat = (information: Float64Array, atNull: Float64Array, p: number): boolean =>
  Array.from({ length: p }, (_, j) => j * p + j).some((jj) => information[jj]! < 1e-6 * atNull[jj]!);

const ascend = (layout: CoxLayout, ties: Ties, beta: Float64Array, step: Float64Array, best: number) => {
  for (let scale = 1; scale > 1e-6; scale /= 2) {
    const tried = beta.map((value, j) => value + scale * step[j]!);
    const at = coxDerivatives(layout, tried, ties);
    if (at.logLikelihood > best) return { beta: tried, at };
  }
  return undefined;
};

/** I⁻¹ (Σ_clusters U U') I⁻¹, U the sum of a cluster's score residuals. */
const sandwich = (inverse: Float64Array, residuals: Float64Array, clusters: ArrayLike<number>): Float64Array => {
  const p = Math.sqrt(inverse.length);
  const sums = new Map<number, Float64Array>();
  for (let i = 0; i < clusters.length; i++) {
    const sum = sums.get(clusters[i]!) ?? new Float64Array(p);
    sums.set(clusters[i]!, sum);
    for (let j = 0; j < p; j++) {
      for (let k = 0; k < p; k++) sum[j]! += inverse[j * p + k]! * residuals[i * p + k]!;
    }
  }
  const covariance = new Float64Array(p * p);
  for (const sum of sums.values()) {
    for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) covariance[j * p + k]! += sum[j]! * sum[k]!;
  }
  return covariance;
};
