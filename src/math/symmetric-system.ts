/** Solutions and inverses for symmetric matrices that may turn out singular. */

import { choleskyFactor, choleskySolve } from './cholesky.ts';

/** A pivot this small beside its own diagonal is rounding: the column repeats others. */
const NEGLIGIBLE = 1e-12;

const factored = (matrix: Float64Array, n: number): Float64Array | undefined => {
  const factor = matrix.slice();
  try {
    choleskyFactor(factor, n);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  for (let j = 0; j < n; j++) {
    // Not `<`: a NaN is as useless.
    if (!(factor[j * n + j]! ** 2 > NEGLIGIBLE * matrix[j * n + j]!)) return undefined;
  }
  return factor;
};

/**
 * Solves A·x = b for a symmetric positive definite `n × n` matrix (row-major); both are left as they were. Undefined when
 * A is singular to working precision.
 */
export const solveSymmetric = (matrix: Float64Array, n: number, b: ArrayLike<number>): Float64Array | undefined => {
  const factor = factored(matrix, n);
  if (factor === undefined) return undefined;
  const x = Float64Array.from(b);
  choleskySolve(factor, n, x);
  return x;
};

/** A⁻¹ of a symmetric positive definite `n × n` matrix, row-major. Undefined when A is singular to working precision. */
export const invertSymmetric = (matrix: Float64Array, n: number): Float64Array | undefined => {
  const factor = factored(matrix, n);
  if (factor === undefined) return undefined;
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    choleskySolve(factor, n, column);
    for (let i = 0; i < n; i++) inverse[i * n + j] = column[i]!;
  }
  return inverse;
};
