/** Dense row-major matrices and products of vectors: stored in f32, accumulated in f64. */

/** `rows × cols`, row-major: element (r, c) is `values[r * cols + c]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float32Array;
}

/** A vector of numbers in either precision. */
export type Vector = Float32Array | Float64Array;

/** Row `row` as a view: writing to it writes to the matrix. */
export const matrixRow = (matrix: Matrix, row: number): Float32Array =>
  matrix.values.subarray(row * matrix.cols, (row + 1) * matrix.cols);

/** Euclidean length of each row. */
export const rowLengths = ({ rows, cols, values }: Matrix): Float64Array => {
  const lengths = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let at = row * cols; at < (row + 1) * cols; at++) squares += values[at]! ** 2;
    lengths[row] = Math.sqrt(squares);
  }
  return lengths;
};

/** Index of the largest value, the first of several; NaN is never it, and -1 where nothing else is. */
export const argMax = (values: ArrayLike<number>): number => {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > most || (best < 0 && values[i] === most)) {
      most = values[i]!;
      best = i;
    }
  }
  return best;
};

/** Inner product of two vectors of equal length. @throws {RangeError} when the lengths differ. */
export const dot = (a: Vector, b: Vector): number => {
  if (a.length !== b.length) throw new RangeError(`dot of lengths ${a.length} and ${b.length}: expected equal lengths`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** Cosine of the angle between two vectors, in [-1, 1]; undefined when one of them is zero. */
export const cosine = (a: Vector, b: Vector): number | undefined => {
  const norms = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  if (norms === 0) return undefined;
  return Math.min(1, Math.max(-1, dot(a, b) / norms));
};
