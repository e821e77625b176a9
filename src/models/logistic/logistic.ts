/** Regularized logistic regression on sparse features. */

import { type Csr, choleskyFactor, choleskySolve } from '#math';

/** Newton's method on d coefficients factors a d × d matrix each step; more than this and it is the wrong method. */
const MOST_FEATURES = 3000;
const MOST_STEPS = 50;

export interface LogisticOptions {
  /** λ of the penalty λ/2 · |β|², > 0; the intercept is not penalized. */
  readonly regularization: number;
  /** One a row, ≥ 0; all 1 unless given. */
  readonly weights?: Float64Array | undefined;
}

export interface LogisticModel {
  /** One a feature. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  /** P(y = 1) of a row with these features; places not named are 0. */
  predict(features: ArrayLike<number>, values?: ArrayLike<number>): number;
  readonly fit: LogisticFit;
}

export interface LogisticFit {
  /** Whether the last Newton step was as small as rounding; false after 50 steps. */
  readonly converged: boolean;
  readonly steps: number;
  /** Mean weighted −log P of the targets, in nats, on the rows it was fitted on. */
  readonly logLoss: number;
}

/**
 * P(y = 1 | x) = σ(β₀ + β·x), the penalized maximum of the likelihood by Newton's method with step halving
 * [Hastie2009, section 4.4]. `rows` is examples × features, `targets` lie in [0, 1] (fractions are allowed). With no or
 * only positive examples the intercept stays finite because its first value is the rate with half an example added on
 * both sides and the loss is flat there. Per step O(Σ entries² of a row + features³).
 * @throws {RangeError} without rows, for shapes that differ, more than 3,000 features, or a λ that is not above 0.
 */
export const fitLogistic = (rows: Csr, targets: ArrayLike<number>, options: LogisticOptions): LogisticModel => {
  const problem = toProblem(rows, targets, options);
  const beta = new Float64Array(rows.cols + 1);
  beta[rows.cols] = startingIntercept(problem);
  let loss = penalizedLoss(problem, beta);
  let steps = 0;
  let converged = false;
  while (!converged && steps < MOST_STEPS) {
    steps++;
    const direction = newtonDirection(problem, beta);
    const moved = descend(problem, { beta, loss, direction });
    converged = moved === undefined || loss - moved < 1e-12 * (1 + Math.abs(loss));
    loss = moved ?? loss;
  }
  const logLoss = (loss - penaltyOf(problem, beta)) / problem.total;
  return toModel(beta, { converged, steps, logLoss });
};

interface Problem {
  readonly rows: Csr;
  readonly targets: ArrayLike<number>;
  readonly weights: Float64Array;
  readonly total: number;
  readonly regularization: number;
}

const toProblem = (rows: Csr, targets: ArrayLike<number>, { regularization, weights }: LogisticOptions): Problem => {
  if (rows.rows === 0) throw new RangeError('logistic regression of no rows');
  if (targets.length !== rows.rows) {
    throw new RangeError(`${targets.length} targets for ${rows.rows} rows: expected as many`);
  }
  if (rows.cols > MOST_FEATURES) throw new RangeError(`${rows.cols} features: expected at most ${MOST_FEATURES}`);
  if (!(regularization > 0)) throw new RangeError(`regularization ${regularization}: expected a number above 0`);
  const all = weights ?? new Float64Array(rows.rows).fill(1);
  if (all.length !== rows.rows) throw new RangeError(`${all.length} weights for ${rows.rows} rows: expected as many`);
  return { rows, targets, weights: all, total: all.reduce((sum, weight) => sum + weight, 0), regularization };
};

const startingIntercept = ({ targets, weights, total }: Problem): number => {
  let positive = 0;
  for (let n = 0; n < weights.length; n++) positive += weights[n]! * targets[n]!;
  return Math.log((positive + 0.5) / (total - positive + 0.5));
};

const scoreOf = ({ rows }: Problem, beta: Float64Array, row: number): number => {
  let score = beta[rows.cols]!;
  for (let n = rows.indptr[row]!; n < rows.indptr[row + 1]!; n++) score += beta[rows.indices[n]!]! * rows.values[n]!;
  return score;
};

const penaltyOf = ({ rows, regularization }: Problem, beta: Float64Array): number => {
  let squares = 0;
  for (let feature = 0; feature < rows.cols; feature++) squares += beta[feature]! * beta[feature]!;
  return (regularization / 2) * squares;
};

/** Σ w (log(1 + e^s) − y s) + penalty. */
const penalizedLoss = (problem: Problem, beta: Float64Array): number => {
  let loss = penaltyOf(problem, beta);
  for (let row = 0; row < problem.rows.rows; row++) {
    const score = scoreOf(problem, beta, row);
    // log(1 + e^s) without overflow.
    const soft = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
    loss += problem.weights[row]! * (soft - problem.targets[row]! * score);
  }
  return loss;
};

const newtonDirection = (problem: Problem, beta: Float64Array): Float64Array => {
  const { rows, regularization } = problem;
  const size = rows.cols + 1;
  const hessian = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  for (let row = 0; row < rows.rows; row++) addRow(problem, beta, row, { hessian, gradient });
  for (let feature = 0; feature < rows.cols; feature++) {
    hessian[feature * size + feature]! += regularization;
    gradient[feature]! -= regularization * beta[feature]!;
  }
  // Keeps the intercept's row positive when every probability is 0 or 1 to working precision.
  hessian[size * size - 1]! += 1e-9 * problem.total + Number.MIN_VALUE;
  choleskyFactor(hessian, size);
  choleskySolve(hessian, size, gradient);
  return gradient;
};

/** Adds a row's share of the Hessian's lower triangle and of the negative gradient. The intercept is the last place. */
const addRow = (
  problem: Problem,
  beta: Float64Array,
  row: number,
  { hessian, gradient }: { hessian: Float64Array; gradient: Float64Array },
): void => {
  const { indptr, indices, values, cols } = problem.rows;
  const size = cols + 1;
  const probability = logistic(scoreOf(problem, beta, row));
  const weight = problem.weights[row]!;
  const residual = weight * (problem.targets[row]! - probability);
  const curvature = weight * probability * (1 - probability);
  for (let n = indptr[row]!; n < indptr[row + 1]!; n++) {
    const at = indices[n]!;
    gradient[at]! += residual * values[n]!;
    hessian[cols * size + at]! += curvature * values[n]!;
    for (let m = indptr[row]!; m <= n; m++) hessian[at * size + indices[m]!]! += curvature * values[n]! * values[m]!;
  }
  gradient[cols]! += residual;
  hessian[size * size - 1]! += curvature;
};

/** Moves `beta` along the direction, halving until the loss falls; the new loss, undefined when it never does. */
const descend = (
  problem: Problem,
  { beta, loss, direction }: { beta: Float64Array; loss: number; direction: Float64Array },
): number | undefined => {
  for (let step = 1; step > 1e-6; step /= 2) {
    const trial = beta.map((value, n) => value + step * direction[n]!);
    const reached = penalizedLoss(problem, trial);
    if (reached < loss) {
      beta.set(trial);
      return reached;
    }
  }
  return undefined;
};

const logistic = (score: number): number => 1 / (1 + Math.exp(-score));

const toModel = (beta: Float64Array, fit: LogisticFit): LogisticModel => {
  const coefficients = beta.slice(0, -1);
  const intercept = beta[beta.length - 1]!;
  return {
    coefficients,
    intercept,
    fit,
    predict: (features, values) => {
      let score = intercept;
      for (let n = 0; n < features.length; n++) score += coefficients[features[n]!]! * (values?.[n] ?? 1);
      return logistic(score);
    },
  };
};
