/** Least squares with an intercept. */

import { solveSymmetric } from '#math';

/** Covariates of n units, row-major n × p. */
export interface Covariates {
  readonly values: ArrayLike<number>;
  readonly p: number;
}

/** Intercept first, then one coefficient a covariate; undefined when covariates repeat each other or a constant. */
export const leastSquares = (
  { values, p }: Covariates,
  y: ArrayLike<number>,
  of: readonly number[],
): Float64Array | undefined => {
  const k = p + 1;
  const gram = new Float64Array(k * k);
  const moment = new Float64Array(k);
  const row = new Float64Array(k).fill(1);
  for (const i of of) {
    for (let j = 0; j < p; j++) row[j + 1] = values[i * p + j]!;
    for (let a = 0; a < k; a++) {
      moment[a]! += row[a]! * y[i]!;
      for (let b = 0; b <= a; b++) gram[a * k + b]! += row[a]! * row[b]!;
    }
  }
  return solveSymmetric(gram, k, moment);
};

export const predictLinear = (beta: Float64Array, { values, p }: Covariates, i: number): number => {
  let sum = beta[0]!;
  for (let j = 0; j < p; j++) sum += beta[j + 1]! * values[i * p + j]!;
  return sum;
};

/** What of y the covariates do not tell; undefined as `leastSquares`. */
export const residualsOf = (covariates: Covariates, y: ArrayLike<number>): Float64Array | undefined => {
  const all = Array.from({ length: y.length }, (_, i) => i);
  const beta = leastSquares(covariates, y, all);
  return beta && Float64Array.from(all, (i) => y[i]! - predictLinear(beta, covariates, i));
};
