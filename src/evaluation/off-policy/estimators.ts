/** The family of estimators: each says how it treats a weight, and whether it leans on a reward model. */

import { EngineError } from '#domain';

/** What an estimator reads of a round: its weight and reward, the model's predictions, or all of them. */
export type Needs = 'weights' | 'model' | 'both';

/**
 * An estimator of V(π_e) = E[Σ_a π_e(a | x) q(x, a)] from rounds of π_0. All of them are
 *
 *   V̂ = mean(base) + Σ u·d / N      where N = n, or Σ u when self-normalised
 *
 * with u a function of the weight w; without a model base = 0 and d = r, with one base = Σ_a π_e q̂ and d = r − q̂.
 */
export interface PolicyEstimator {
  readonly name: string;
  readonly title: string;
  readonly needs: Needs;
  /** Divides by the sum of the weights instead of the number of rounds. */
  readonly selfNormalised: boolean;
  /** What its parameter means, and values that tuning tries; undefined when it has none. */
  readonly parameter: EstimatorParameter | undefined;
  /** u of w. */
  weigh(weight: number, parameter: number): number;
  /** The weight whose u is largest. */
  peak(parameter: number): number;
}

export interface EstimatorParameter {
  readonly name: string;
  readonly meaning: string;
  /** Least and greatest value allowed. */
  readonly from: number;
  readonly to: number;
  readonly grid: readonly number[];
}

/** Of weights: from where hardly any variance is cut off to where much is; the reference's own grid. */
const WEIGHT_GRID: readonly number[] = [10, 50, 100, 500, 1000, 5000, 10000, Number.POSITIVE_INFINITY];
const MIXTURE_GRID: readonly number[] = [0, 0.001, 0.005, 0.01, 0.05, 0.1, 0.2];

const plain = (weight: number): number => weight;

const weightParameter = (name: string, meaning: string): EstimatorParameter => ({
  name,
  meaning,
  from: 0,
  to: Number.POSITIVE_INFINITY,
  grid: WEIGHT_GRID,
});

const MIXTURE: EstimatorParameter = {
  name: 'lambda',
  meaning: 'how far weights are drawn towards 1: 0 not at all, 1 wholly',
  from: 0,
  to: 1,
  grid: MIXTURE_GRID,
};

const estimator = (
  name: string,
  title: string,
  needs: Needs,
  rest: Partial<Pick<PolicyEstimator, 'selfNormalised' | 'parameter' | 'weigh' | 'peak'>> = {},
): PolicyEstimator => ({
  name,
  title,
  needs,
  selfNormalised: rest.selfNormalised ?? false,
  parameter: rest.parameter,
  weigh: rest.weigh ?? plain,
  peak: rest.peak ?? (() => Number.POSITIVE_INFINITY),
});

const switched = (weight: number, threshold: number): number => (weight <= threshold ? weight : 0);

/** λw / (w² + λ) [Su2020]: w where w is small, less and less where it is large; λ → ∞ leaves it alone. */
const shrunk = (weight: number, lambda: number): number => {
  if (lambda === Number.POSITIVE_INFINITY) return weight;
  return lambda === 0 ? 0 : (lambda * weight) / (weight * weight + lambda);
};

/** w / (1 − λ + λw) [Metelli2021]: bounded by 1/λ. A weight of 0 stays 0, with λ = 1 as well. */
const mixed = (weight: number, lambda: number): number => {
  if (weight === Number.POSITIVE_INFINITY) return 1 / lambda;
  return weight === 0 ? 0 : weight / (1 - lambda + lambda * weight);
};

/**
 * The estimators by name [Saito2021], in the order of reports: inverse propensity scores (ips), self-normalised (snips),
 * clipped at M (clipped_ips), sub-Gaussian (sg_ips); the direct method (dm); doubly robust [Dudik2014] (dr),
 * self-normalised (sndr), switching to the model above τ [Wang2017] (switch_dr), optimistic shrinkage [Su2020] (dros),
 * sub-Gaussian [Metelli2021] (sg_dr). The more robust doubly robust (MRDR) is `dr` with predictions of a model fitted
 * with `mrdrWeights`; marginalised IPS (MIPS) is `ips` and `snips` with weights from `marginalWeights`.
 */
export const POLICY_ESTIMATORS: readonly PolicyEstimator[] = [
  estimator('ips', 'IPS', 'weights'),
  estimator('snips', 'SNIPS', 'weights', { selfNormalised: true }),
  estimator('clipped_ips', 'IPS, clipped', 'weights', {
    parameter: weightParameter('m', 'weights above it count as it'),
    weigh: Math.min,
  }),
  estimator('sg_ips', 'IPS, sub-Gaussian', 'weights', { parameter: MIXTURE, weigh: mixed }),
  estimator('dm', 'direct method', 'model', { weigh: () => 0 }),
  estimator('dr', 'doubly robust', 'both'),
  estimator('sndr', 'DR, self-normalised', 'both', { selfNormalised: true }),
  estimator('switch_dr', 'Switch-DR', 'both', {
    parameter: weightParameter('tau', 'rounds with a greater weight are left to the model'),
    weigh: switched,
    peak: plain,
  }),
  estimator('dros', 'DR, optimistic shrinkage', 'both', {
    parameter: weightParameter('lambda', 'the smaller, the more weights are shrunk'),
    weigh: shrunk,
    peak: Math.sqrt,
  }),
  estimator('sg_dr', 'DR, sub-Gaussian', 'both', { parameter: MIXTURE, weigh: mixed }),
];

/** @throws {EngineError} invalid_request for a name that is none. */
export const policyEstimator = (name: string): PolicyEstimator => {
  const found = POLICY_ESTIMATORS.find((one) => one.name === name);
  if (found !== undefined) return found;
  const known = POLICY_ESTIMATORS.map((one) => one.name).join(', ');
  throw new EngineError('invalid_request', `unknown estimator "${name}": expected ${known}`);
};
