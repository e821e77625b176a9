/** Systems of equations with a symmetric positive definite matrix, in f64. Only the lower triangle is read or written. */

/**
 * Factors A = L·Lᵀ in place: the lower triangle of `a` (`n × n`, row-major) becomes L; the upper is left alone.
 * n³/6 multiplications. @throws {RangeError} when A is not positive definite to working precision.
 */
export const choleskyFactor = (a: Float64Array, n: number): void => {
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n;
      let sum = a[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= a[rowI + k]! * a[rowJ + k]!;
      if (i !== j) {
        a[rowI + j] = sum / a[rowJ + j]!;
      } else if (sum > 0) {
        a[rowI + i] = Math.sqrt(sum);
      } else {
        throw new RangeError(`pivot ${sum} in row ${i} of ${n}: the matrix is not positive definite`);
      }
    }
  }
};

/** Solves L·Lᵀ·x = b in place: `b` becomes x. `l` is what `choleskyFactor` left. n² multiplications. */
export const choleskySolve = (l: Float64Array, n: number, b: Float64Array): void => {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * b[k]!;
    b[i] = sum / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const x = b[i]! / l[i * n + i]!;
    b[i] = x;
    // Column i of Lᵀ is row i of L: going by rows keeps the reads consecutive.
    for (let k = 0; k < i; k++) b[k]! -= l[i * n + k]! * x;
  }
};
