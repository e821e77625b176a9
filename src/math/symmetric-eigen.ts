/** Eigenvalues of small symmetric matrices. */

export interface SymmetricEigen {
  /** Descending. */
  readonly values: Float64Array;
  /** `n × n`, row-major: column k is the unit eigenvector of `values[k]`, its largest element positive. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric `n × n` matrix (row-major, f64; left as it was) by cyclic Jacobi rotations
 * [Golub2013, section 8.5]. About 10 n³ multiplications: meant for n up to a few hundred.
 */
export const symmetricEigen = (matrix: Float64Array, n: number): SymmetricEigen => {
  const a = matrix.slice();
  const vectors = new Float64Array(n * n);
  let scale = 0;
  for (let i = 0; i < n; i++) {
    vectors[i * n + i] = 1;
    for (let j = 0; j < n; j++) scale = Math.max(scale, Math.abs(a[i * n + j]!));
  }
  const tolerance = scale * 1e-15;
  // Convergence is quadratic; 30 sweeps is far beyond what any matrix needs and only bounds the loop.
  for (let sweep = 0; sweep < 30 && rotateAll(a, vectors, n, tolerance); sweep++);
  return ordered(a, vectors, n);
};

/** One sweep over all pairs; false when nothing was above the tolerance. */
const rotateAll = (a: Float64Array, vectors: Float64Array, n: number, tolerance: number): boolean => {
  let rotated = false;
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      const apq = a[p * n + q]!;
      if (Math.abs(apq) <= tolerance) continue;
      rotated = true;
      const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const c = 1 / Math.sqrt(t * t + 1);
      rotateColumns(a, n, p, q, c, t * c);
      rotateRows(a, n, p, q, c, t * c);
      rotateColumns(vectors, n, p, q, c, t * c);
    }
  }
  return rotated;
};

const rotateColumns = (a: Float64Array, n: number, p: number, q: number, c: number, s: number): void => {
  for (let at = 0; at < n * n; at += n) {
    const ap = a[at + p]!;
    const aq = a[at + q]!;
    a[at + p] = c * ap - s * aq;
    a[at + q] = s * ap + c * aq;
  }
};

const rotateRows = (a: Float64Array, n: number, p: number, q: number, c: number, s: number): void => {
  const rowP = p * n;
  const rowQ = q * n;
  for (let k = 0; k < n; k++) {
    const ap = a[rowP + k]!;
    const aq = a[rowQ + k]!;
    a[rowP + k] = c * ap - s * aq;
    a[rowQ + k] = s * ap + c * aq;
  }
};

/** Eigenvalues in descending order and signs fixed, so that equal matrices give equal bases. */
const ordered = (a: Float64Array, vectors: Float64Array, n: number): SymmetricEigen => {
  const order = Array.from({ length: n }, (_, k) => k).sort((x, y) => a[y * n + y]! - a[x * n + x]! || x - y);
  const values = new Float64Array(n);
  const sorted = new Float64Array(n * n);
  order.forEach((from, k) => {
    values[k] = a[from * n + from]!;
    let largest = 0;
    for (let r = 0; r < n; r++) {
      if (Math.abs(vectors[r * n + from]!) > Math.abs(largest)) largest = vectors[r * n + from]!;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let r = 0; r < n; r++) sorted[r * n + k] = sign * vectors[r * n + from]!;
  });
  return { values, vectors: sorted };
};
