/** The surrogate index: a long-term effect read from what people did early, with the past as the teacher. */

import type { Estimate } from '#domain';
import { invertSymmetric } from '#math';
import { type LevelOption, normalEstimate } from '#stats';

/** People of the past: early behaviour, and the outcome that came of it. */
export interface SurrogateHistory {
  /** n × p, row-major. */
  readonly surrogates: ArrayLike<number>;
  readonly p: number;
  readonly outcomes: ArrayLike<number>;
}

export interface SurrogateIndex {
  readonly intercept: number;
  readonly weights: Float64Array;
  /** (p + 1)², intercept first, robust to unequal variances. */
  readonly covariance: Float64Array;
  /** Share of the outcome's variance between people that the surrogates tell. */
  readonly rSquared: number;
  readonly n: number;
}

/**
 * h(S) = E[outcome | S] by least squares on the past [Athey2019, section 3]. Undefined with fewer people than
 * coefficients, or surrogates that repeat each other. O(n p²).
 */
export const fitSurrogateIndex = ({ surrogates, p, outcomes }: SurrogateHistory): SurrogateIndex | undefined => {
  const n = outcomes.length;
  const k = p + 1;
  if (surrogates.length !== n * p) {
    throw new RangeError(`${surrogates.length} surrogate values: expected ${n} people × ${p} surrogates`);
  }
  if (n <= k) return undefined;
  const row = (i: number) => Float64Array.from({ length: k }, (_, j) => (j === 0 ? 1 : surrogates[i * p + j - 1]!));
  const gram = new Float64Array(k * k);
  const moment = new Float64Array(k);
  for (let i = 0; i < n; i++) addOuter(gram, moment, row(i), 1, outcomes[i]!);
  const inverse = invertSymmetric(gram, k);
  if (inverse === undefined) return undefined;
  const beta = moment.map((_, j) => moment.reduce((sum, value, l) => sum + inverse[j * k + l]! * value, 0));
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (outcomes[i]! - mean) / (i + 1);
  const meat = new Float64Array(k * k);
  let [unexplained, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = row(i);
    const residual = outcomes[i]! - x.reduce((sum, value, j) => sum + value * beta[j]!, 0);
    unexplained += residual * residual;
    total += (outcomes[i]! - mean) ** 2;
    addOuter(meat, moment, x, residual * residual, 0);
  }
  const scale = n / (n - k);
  const covariance = product(product(inverse, meat, k), inverse, k).map((value) => value * scale);
  return { intercept: beta[0]!, weights: beta.slice(1), covariance, rSquared: 1 - unexplained / total, n };
};

/** People of a test: early behaviour and arm; the outcome is not there yet. */
export interface SurrogateTest {
  readonly surrogates: ArrayLike<number>;
  readonly p: number;
  /** 1 for treatment, 0 for control. */
  readonly treated: ArrayLike<number | boolean>;
}

/**
 * Mean index of the treated minus that of control, with the error of the test and that of the index itself. It is the
 * long-term effect if two things hold that no data of the test can show: the treatment changes the outcome only through
 * the surrogates, and people of the past turn the same behaviour into the same outcome. Reasons: `one_arm`, `few_units`.
 */
export const surrogateEffect = (index: SurrogateIndex, test: SurrogateTest, options: LevelOption = {}): Estimate => {
  const { surrogates, p, treated } = test;
  const arms = [1, 0].map((arm) => {
    const members = Array.from(treated, (_, i) => i).filter((i) => Number(treated[i]) === arm);
    const means = Float64Array.from(
      { length: p },
      (_, j) => members.reduce((sum, i) => sum + surrogates[i * p + j]!, 0) / members.length,
    );
    const values = members.map((i) =>
      index.weights.reduce((sum, weight, j) => sum + weight * surrogates[i * p + j]!, 0),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { n: members.length, means, mean, variance: squares / (members.length - 1) / members.length };
  });
  const [treatment, control] = [arms[0]!, arms[1]!];
  if (treatment.n === 0 || control.n === 0) return { ok: false, reason: 'one_arm' };
  if (treatment.n < 2 || control.n < 2) return { ok: false, reason: 'few_units' };
  const gradient = [0, ...treatment.means.map((mean, j) => mean - control.means[j]!)];
  const k = p + 1;
  const ofIndex = gradient.reduce(
    (sum, a, i) => sum + gradient.reduce((part, b, j) => part + a * b * index.covariance[i * k + j]!, 0),
    0,
  );
  return normalEstimate(
    {
      value: treatment.mean - control.mean,
      variance: treatment.variance + control.variance + ofIndex,
      n: treatment.n + control.n,
      method: 'surrogate index',
    },
    options,
  );
};

const addOuter = (sum: Float64Array, moment: Float64Array, x: Float64Array, weight: number, y: number): void => {
  const k = x.length;
  for (let a = 0; a < k; a++) {
    moment[a]! += x[a]! * y;
    for (let b = 0; b < k; b++) sum[a * k + b]! += weight * x[a]! * x[b]!;
  }
};

const product = (a: Float64Array, b: Float64Array, k: number): Float64Array =>
  Float64Array.from({ length: k * k }, (_, at) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += a[Math.floor(at / k) * k + j]! * b[j * k + (at % k)]!;
    return sum;
  });
