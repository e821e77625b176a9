/** Minima of smooth functions of a few variables, without their derivatives. */

import { invertSymmetric } from './symmetric-system.ts';

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** False when the search stopped before the gradient vanished: at the limit of rounds or where no step helps. */
  readonly converged: boolean;
}

/**
 * A local minimum by BFGS with central differences and halved steps [Nocedal2006, algorithm 6.1]. The function may give
 * NaN or Infinity outside of its range: such points are never accepted. Scale it so that values and variables are around
 * 1 to 100. About (2 n + 2) calls a round. @throws {RangeError} when the function is not finite at the start.
 */
export const minimize = (
  of: (x: Float64Array) => number,
  start: ArrayLike<number>,
  { rounds = 500, tolerance = 1e-7 }: { readonly rounds?: number; readonly tolerance?: number } = {},
): Minimum => {
  let x: Float64Array = Float64Array.from(start);
  let value = of(x);
  if (!Number.isFinite(value)) throw new RangeError(`the function is ${value} at the start: expected a finite number`);
  const n = x.length;
  let gradient: Float64Array = gradientAt(of, x);
  let inverse = identity(n);
  for (let round = 0; round < rounds; round++) {
    if (largest(gradient) < tolerance) return { x, value, converged: true };
    const next = lineSearch(of, x, value, gradient, directionOf(inverse, gradient));
    // A bent model of the curvature may point uphill to rounding: begin once more from steepest descent, then give up.
    if (next === undefined) {
      if (isIdentity(inverse, n)) return { x, value, converged: largest(gradient) < 100 * tolerance };
      inverse = identity(n);
      continue;
    }
    const after = gradientAt(of, next.x);
    updateInverse(inverse, difference(next.x, x), difference(after, gradient));
    ({ x, value } = next);
    gradient = after;
  }
  return { x, value, converged: false };
};

/** Second derivatives by central differences, `n × n`, row-major. Steps of 1e-3: right to about six digits. */
export const hessianAt = (of: (x: Float64Array) => number, x: Float64Array): Float64Array => {
  const n = x.length;
  const h = 1e-3;
  const at = (...moves: readonly (readonly [number, number])[]): number => {
    const moved = x.slice();
    for (const [j, by] of moves) moved[j]! += by;
    return of(moved);
  };
  const hessian = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let k = 0; k <= j; k++) {
      const cross = at([j, h], [k, h]) - at([j, h], [k, -h]) - at([j, -h], [k, h]) + at([j, -h], [k, -h]);
      hessian[j * n + k] = cross / (4 * h * h);
      hessian[k * n + j] = hessian[j * n + k]!;
    }
  }
  return hessian;
};

/**
 * Covariance of a maximum-likelihood estimate: the inverse of the second derivatives of the negative log-likelihood at
 * its minimum. Undefined when they are not positive definite.
 */
export const covarianceAt = (of: (x: Float64Array) => number, x: Float64Array): Float64Array | undefined =>
  invertSymmetric(hessianAt(of, x), x.length);

const gradientAt = (of: (x: Float64Array) => number, x: Float64Array): Float64Array => {
  const moved = x.slice();
  return x.map((value, j) => {
    const h = 1e-5 * Math.max(1, Math.abs(value));
    moved[j] = value + h;
    const above = of(moved);
    moved[j] = value - h;
    const below = of(moved);
    moved[j] = value;
    return (above - below) / (2 * h);
  });
};

const lineSearch = (
  of: (x: Float64Array) => number,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
): { readonly x: Float64Array; readonly value: number } | undefined => {
  const slope = direction.reduce((sum, d, j) => sum + d * gradient[j]!, 0);
  if (!(slope < 0)) return undefined;
  for (let scale = 1; scale > 1e-10; scale /= 2) {
    const tried = x.map((at, j) => at + scale * direction[j]!);
    const found = of(tried);
    if (found <= value + 1e-4 * scale * slope) return { x: tried, value: found };
  }
  return undefined;
};

const directionOf = (inverse: Float64Array, gradient: Float64Array): Float64Array => {
  const n = gradient.length;
  return gradient.map((_, j) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum -= inverse[j * n + k]! * gradient[k]!;
    return sum;
  });
};

/** H ← (I − ρ s y') H (I − ρ y s') + ρ s s', ρ = 1 / y's; left as it is where the curvature along s is not positive. */
const updateInverse = (inverse: Float64Array, s: Float64Array, y: Float64Array): void => {
  const n = s.length;
  const curvature = s.reduce((sum, value, j) => sum + value * y[j]!, 0);
  if (!(curvature > 1e-14)) return;
  const hy = directionOf(inverse, y).map((value) => -value);
  const yhy = y.reduce((sum, value, j) => sum + value * hy[j]!, 0);
  const scale = (1 + yhy / curvature) / curvature;
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < n; k++) {
      inverse[j * n + k]! += scale * s[j]! * s[k]! - (hy[j]! * s[k]! + s[j]! * hy[k]!) / curvature;
    }
  }
};

const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, j) => value - b[j]!);
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => Number(Math.floor(at / n) === at % n));
const isIdentity = (matrix: Float64Array, n: number): boolean => identity(n).every((value, at) => matrix[at] === value);
