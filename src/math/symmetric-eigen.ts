/** Eigenvalues of small symmetric matrices. */

export interface SymmetricEigen {
  /** Descending. */
  readonly values: Float64Array;
  /** `n × n`, row-major: column k is the unit eigenvector of `values[k]`, its largest element positive. */
  readonly vectors: Float64Array;
}

/** Iterations an eigenvalue: two or three are usual, so this only bounds the loop. */
const MOST_ITERATIONS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric `n × n` matrix (row-major, f64; left as it was): Householder reflections to
 * tridiagonal form, then QL with implicit shifts [Golub2013, sections 8.3.1 and 8.3.3]. About 5 n³ multiplications.
 * @throws {RangeError} when it does not converge, as with numbers that are not finite.
 */
export const symmetricEigen = (matrix: Float64Array, n: number): SymmetricEigen => {
  // Row j of `v` is what column j of the vectors will be: the loops below run along rows.
  const v = matrix.slice();
  const diagonal = new Float64Array(n);
  const below = new Float64Array(n);
  tridiagonalize(v, n, diagonal, below);
  diagonalize(v, n, diagonal, below);
  return ordered(v, diagonal, n);
};

/**
 * A = Q·T·Qᵀ: `diagonal` and `below` (element k is T(k + 1, k)) become T, row k of `a` the k-th column of Q. From the last
 * row upwards, each reflection I - β·u·uᵀ clears a row of A left of its place beside the diagonal.
 */
const tridiagonalize = (a: Float64Array, n: number, diagonal: Float64Array, below: Float64Array): void => {
  const reflections: { readonly u: Float64Array; readonly beta: number }[] = [];
  // Smaller than this is rounding beside the largest element, and its squares may be too small for numbers.
  const negligible = (Number.EPSILON * a.reduce((size, value) => Math.max(size, Math.abs(value)), 0)) ** 2;
  for (let i = n - 1; i > 0; i--) {
    const u = a.slice(i * n, i * n + i);
    let squares = 0;
    for (let k = 0; k < i - 1; k++) squares += u[k]! ** 2;
    diagonal[i] = a[i * n + i]!;
    const last = u[i - 1]!;
    if (squares <= negligible) {
      below[i - 1] = last;
      continue;
    }
    // The sign that does not cancel.
    const target = last > 0 ? -Math.sqrt(squares + last ** 2) : Math.sqrt(squares + last ** 2);
    below[i - 1] = target;
    u[i - 1] = last - target;
    const beta = 2 / (squares + u[i - 1]! ** 2);
    reflectBoth(a, n, u, beta);
    reflections.push({ u, beta });
  }
  diagonal[0] = a[0]!;
  a.fill(0);
  for (let k = 0; k < n; k++) a[k * n + k] = 1;
  // Q is the product of the reflections in the order they were made; the last one made is the first to be multiplied.
  for (const { u, beta } of reflections.reverse()) reflectRows(a, n, u, beta);
};

/** The leading m × m part of A, m the length of u, becomes H·A·H with H = I - β·u·uᵀ. */
const reflectBoth = (a: Float64Array, n: number, u: Float64Array, beta: number): void => {
  const m = u.length;
  const p = new Float64Array(m);
  let product = 0;
  for (let r = 0; r < m; r++) {
    let sum = 0;
    for (let k = 0; k < m; k++) sum += a[r * n + k]! * u[k]!;
    p[r] = beta * sum;
    product += p[r]! * u[r]!;
  }
  const half = (beta * product) / 2;
  for (let r = 0; r < m; r++) p[r]! -= half * u[r]!;
  for (let r = 0; r < m; r++) {
    const [ur, pr] = [u[r]!, p[r]!];
    for (let k = 0; k < m; k++) a[r * n + k]! -= ur * p[k]! + pr * u[k]!;
  }
};

/** Each row x of `q` becomes (I - β·u·uᵀ)·x, of which only the first places change. */
const reflectRows = (q: Float64Array, n: number, u: Float64Array, beta: number): void => {
  for (let row = 0; row < n * n; row += n) {
    let sum = 0;
    for (let k = 0; k < u.length; k++) sum += q[row + k]! * u[k]!;
    for (let k = 0; k < u.length; k++) q[row + k]! -= beta * sum * u[k]!;
  }
};

/** `diagonal` becomes the eigenvalues of the tridiagonal matrix, and the rows of `v` are turned along. */
const diagonalize = (v: Float64Array, n: number, diagonal: Float64Array, below: Float64Array): void => {
  let largest = 0;
  for (let k = 0; k < n; k++) largest = Math.max(largest, Math.abs(diagonal[k]!), Math.abs(below[k]!));
  // What is so small beside the largest is rounding, whatever stands next to it.
  const tolerance = Number.EPSILON * largest;
  for (let from = 0; from < n; from++) {
    for (let iteration = 0; ; iteration++) {
      const to = endOfBlock(from, n, below, tolerance);
      if (to === from) break;
      if (iteration === MOST_ITERATIONS)
        throw new RangeError('the eigenvalues do not converge: are all numbers finite?');
      chase(v, n, diagonal, below, from, to);
    }
  }
};

/** Where the part of the matrix that begins at `from` ends: at the first element beside the diagonal that is as good as zero. */
const endOfBlock = (from: number, n: number, below: Float64Array, tolerance: number): number => {
  let end = from;
  while (end < n - 1 && !(Math.abs(below[end]!) <= tolerance)) end++;
  return end;
};

/** One implicit QL step on the block from … to, with Wilkinson's shift: rotations from its end to its beginning. */
const chase = (
  v: Float64Array,
  n: number,
  diagonal: Float64Array,
  below: Float64Array,
  from: number,
  to: number,
): void => {
  const ratio = (diagonal[from + 1]! - diagonal[from]!) / (2 * below[from]!);
  const root = Math.sqrt(ratio * ratio + 1);
  let g = diagonal[to]! - diagonal[from]! + below[from]! / (ratio + (ratio >= 0 ? root : -root));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = to - 1; i >= from; i--) {
    const f = s * below[i]!;
    const b = c * below[i]!;
    const r = Math.sqrt(f * f + g * g);
    below[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1]! -= p;
      below[to] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1]! - p;
    const t = (diagonal[i]! - g) * s + 2 * c * b;
    p = s * t;
    diagonal[i + 1] = g + p;
    g = c * t - b;
    rotateRows(v, n, i, c, s);
  }
  diagonal[from]! -= p;
  below[from] = g;
  below[to] = 0;
};

const rotateRows = (v: Float64Array, n: number, i: number, c: number, s: number): void => {
  const [upper, lower] = [i * n, (i + 1) * n];
  for (let k = 0; k < n; k++) {
    const f = v[lower + k]!;
    v[lower + k] = s * v[upper + k]! + c * f;
    v[upper + k] = c * v[upper + k]! - s * f;
  }
};

/** Descending, each vector with its largest element positive: the signs of eigenvectors are no one's choice but ours. */
const ordered = (rows: Float64Array, diagonal: Float64Array, n: number): SymmetricEigen => {
  const order = Array.from({ length: n }, (_, k) => k).sort((a, b) => diagonal[b]! - diagonal[a]! || a - b);
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    const row = rows.subarray(from * n, (from + 1) * n);
    let largest = 0;
    for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value;
    for (let i = 0; i < n; i++) vectors[i * n + k] = largest < 0 ? -row[i]! : row[i]!;
  });
  return { values: Float64Array.from(order, (from) => diagonal[from]!), vectors };
};
