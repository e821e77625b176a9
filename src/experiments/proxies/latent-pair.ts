/** One metric beside the outcome: slope and share explained of their true effects, with intervals. */

import type { Estimate } from '#domain';
import { invertSymmetric } from '#math';
import { chiSquare, type LevelOption, normalEstimate } from '#stats';
import { countExperiments } from './by-experiment.ts';
import type { ExperimentEffects } from './corpus.ts';
import { fitLatentEffects, type Observation, observe } from './latent-effects.ts';

export interface LatentPair {
  /** Var of the metric's true effects, their covariance with the outcome's, Var of the outcome's. */
  readonly metric: number;
  readonly together: number;
  readonly outcome: number;
  /** Mean error variance of one unit: n · se², of metric and outcome. */
  readonly metricNoise: number;
  readonly outcomeNoise: number;
  /** Change of the outcome's true effect for one of the metric's: λ_PN / λ_PP. */
  readonly slope: Estimate;
  /** λ_PN² / (λ_PP λ_NN): share of the outcome's true effects that the metric tells. */
  readonly rSquared: Estimate;
  /** The slope of a plain regression of observed effects: pulled towards 0 by the metric's errors. */
  readonly plainSlope: number;
  /** Experiments with both, each once. */
  readonly n: number;
}

const FEWEST = 10;

/**
 * Fits the pair on the experiments that measured both, with intervals by the sandwich variance of the marginal
 * likelihood (right also where true effects are not Gaussian, and where an experiment has several slices, whose scores
 * are summed) and the delta method; that of R² on Fisher's z scale.
 * Reasons: `few_experiments` below 10; `metric_does_not_move`, `outcome_does_not_move` when what is seen may all be noise;
 * `weakly_identified` when the likelihood is flat.
 */
export const fitLatentPair = (
  experiments: readonly ExperimentEffects[],
  metric: number,
  outcome: number,
  correlations: Float64Array,
  options: LevelOption = {},
): LatentPair => {
  const both = experiments.filter(({ effects }) => !Number.isNaN(effects[metric]! + effects[outcome]!));
  const model = fitLatentEffects(both, [metric, outcome], correlations, { rounds: 2000 });
  const [pp, pn, , nn] = model.lambda as unknown as [number, number, number, number];
  const observations = both.map((each) => observe(each, [metric, outcome], model.noise));
  const noiseOf = (at: number) =>
    both.reduce((sum, { n, standardErrors }) => sum + (n * standardErrors[at]! ** 2) / both.length, 0);
  const fit = {
    metric: pp,
    together: pn,
    outcome: nn,
    metricNoise: noiseOf(metric),
    outcomeNoise: noiseOf(outcome),
    plainSlope:
      observations.reduce((sum, { effects }) => sum + effects[0]! * effects[1]!, 0) /
      observations.reduce((sum, { effects }) => sum + effects[0]! ** 2, 0),
    n: countExperiments(both),
  };
  const failed = (reason: string): LatentPair => ({
    ...fit,
    slope: { ok: false, reason },
    rSquared: { ok: false, reason },
  });
  if (fit.n < FEWEST) return failed('few_experiments');
  if (isNoise(observations, 0)) return failed('metric_does_not_move');
  if (isNoise(observations, 1)) return failed('outcome_does_not_move');
  const names = both.map(({ experiment }) => experiment);
  const covariance = sandwich(observations, names, [pp, pn, nn]);
  if (covariance === undefined) return failed('weakly_identified');
  const method = 'latent effects, sandwich variance';
  const slopeGradient = [-pn / (pp * pp), 1 / pp, 0];
  const slope = normalEstimate(
    { value: pn / pp, variance: quadratic(covariance, slopeGradient), n: fit.n, method },
    options,
  );
  return { ...fit, slope, rSquared: explained([pp, pn, nn], covariance, fit.n, options) };
};

/** Whether the squares of all z-scores add up to what noise alone gives in 95 of 100 corpora. */
const isNoise = (observations: readonly Observation[], at: 0 | 1): boolean => {
  const sum = observations.reduce((total, { effects, errors }) => total + effects[at]! ** 2 / errors[3 * at]!, 0);
  return chiSquare.tail(sum, observations.length) > 0.05;
};

type Triple = readonly [pp: number, pn: number, nn: number];

/** The interval of ρ on the scale of atanh, squared; an interval of ρ around 0 makes one of R² that begins at 0. */
const explained = ([pp, pn, nn]: Triple, covariance: Float64Array, n: number, options: LevelOption): Estimate => {
  const rho = Math.max(-0.999_999, Math.min(0.999_999, pn / Math.sqrt(pp * nn)));
  const gradient = [-rho / (2 * pp), rho / pn || 0, -rho / (2 * nn)].map((each) => each / (1 - rho * rho));
  if (pn === 0) gradient[1] = 1 / Math.sqrt(pp * nn);
  const variance = quadratic(covariance, gradient);
  const z = normalEstimate({ value: Math.atanh(rho), variance, n, method: 'latent effects' }, options);
  if (!z.ok) return z;
  const [lower, upper] = [Math.tanh(z.interval.lower) ** 2, Math.tanh(z.interval.upper) ** 2];
  const around = z.interval.lower * z.interval.upper <= 0;
  const interval = { lower: around ? 0 : Math.min(lower, upper), upper: Math.max(lower, upper) };
  return { ...z, value: rho * rho, interval };
};

const quadratic = (covariance: Float64Array, gradient: readonly number[]): number =>
  gradient.reduce((sum, a, i) => sum + gradient.reduce((part, b, j) => part + a * b * covariance[i * 3 + j]!, 0), 0);

/** ∂C/∂(λ_PP, λ_PN, λ_NN), as 2 × 2. */
const DIRECTIONS = [
  [1, 0, 0, 0],
  [0, 1, 1, 0],
  [0, 0, 0, 1],
] as const;

/**
 * J⁻¹ (Σ s s') J⁻¹: J the expected information ½ tr(C⁻¹ D C⁻¹ D'), s = ½ (y'C⁻¹ D C⁻¹ y − tr C⁻¹ D), summed over the
 * observations of a name.
 */
const sandwich = (
  observations: readonly Observation[],
  names: readonly string[],
  [pp, pn, nn]: Triple,
): Float64Array | undefined => {
  const information = new Float64Array(9);
  const scores = new Map(names.map((name) => [name, new Float64Array(3)]));
  for (const [at, { effects, errors }] of observations.entries()) {
    const [a, b, d] = [pp + errors[0]!, pn + errors[1]!, nn + errors[3]!];
    const determinant = a * d - b * b;
    const inverse = [d / determinant, -b / determinant, -b / determinant, a / determinant] as const;
    const u = [
      inverse[0] * effects[0]! + inverse[1] * effects[1]!,
      inverse[2] * effects[0]! + inverse[3] * effects[1]!,
    ];
    const turned = DIRECTIONS.map((direction) => times(inverse, direction));
    const score = scores.get(names[at]!)!;
    for (const [i, direction] of DIRECTIONS.entries()) {
      const form =
        u[0]! * (direction[0] * u[0]! + direction[1] * u[1]!) + u[1]! * (direction[2] * u[0]! + direction[3] * u[1]!);
      score[i]! += 0.5 * (form - turned[i]![0]! - turned[i]![3]!);
    }
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const [p, q] = [turned[i]!, turned[j]!];
        information[i * 3 + j]! += 0.5 * (p[0]! * q[0]! + p[1]! * q[2]! + p[2]! * q[1]! + p[3]! * q[3]!);
      }
    }
  }
  const inverse = invertSymmetric(information, 3);
  if (inverse === undefined) return undefined;
  return product3(product3(inverse, squares([...scores.values()])), inverse);
};

/** Σ s s'. */
const squares = (scores: readonly Float64Array[]): Float64Array =>
  Float64Array.from({ length: 9 }, (_, at) =>
    scores.reduce((sum, score) => sum + score[Math.floor(at / 3)]! * score[at % 3]!, 0),
  );

const times = (a: readonly number[], b: readonly number[]): readonly number[] => [
  a[0]! * b[0]! + a[1]! * b[2]!,
  a[0]! * b[1]! + a[1]! * b[3]!,
  a[2]! * b[0]! + a[3]! * b[2]!,
  a[2]! * b[1]! + a[3]! * b[3]!,
];

const product3 = (a: Float64Array, b: Float64Array): Float64Array =>
  Float64Array.from({ length: 9 }, (_, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3];
    return a[i * 3]! * b[j]! + a[i * 3 + 1]! * b[3 + j]! + a[i * 3 + 2]! * b[6 + j]!;
  });
