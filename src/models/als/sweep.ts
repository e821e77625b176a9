/** One half of an ALS epoch: every row of one side solved while the other side stays. */

import { type Csr, type Matrix, symmetricEigen } from '#math';
import { addScaledRow, dotRow, gram, gramBlockLength, rotateRows } from './kernels.ts';

export interface SweepOptions {
  /** λ of each row of the solved side. */
  readonly regularization: Float64Array;
  /** Conjugate-gradient steps a row, from where the last epoch left it. */
  readonly steps: number;
}

/**
 * Solves each row x of `solved` (users, say) in
 *   (YᵀY + λI + Σ (c - 1)·y·yᵀ)·x = Σ c·y        [Hu2008] eq. 4, sums over the row's entries of `confidence`,
 * where Y is `fixed` and c the confidence; entries that are not stored have confidence 1 and preference 0.
 *
 * Both sides are first turned into the eigenbasis of YᵀY, which changes no prediction. There YᵀY is diagonal: a product
 * with it costs F instead of F², and YᵀY + λI is at the same time an exact preconditioner, so that only the few entries
 * of a row are left for the conjugate gradients [Takacs2011] to solve.
 * Cost: (rows + cols) · F² to turn, entries · 2F a step to solve.
 */
export const sweep = (solved: Matrix, fixed: Matrix, confidence: Csr, options: SweepOptions): void => {
  const size = fixed.cols;
  const spectrum = turnIntoEigenbasis(fixed, [fixed, solved]);
  const buffers = createBuffers(size);
  for (let row = 0; row < solved.rows; row++) {
    const start = confidence.indptr[row]!;
    const end = confidence.indptr[row + 1]!;
    if (start === end) {
      solved.values.fill(0, row * size, (row + 1) * size);
      continue;
    }
    const lambda = options.regularization[row]!;
    for (let k = 0; k < size; k++) buffers.diagonal[k] = spectrum[k]! + lambda;
    for (let k = 0; k < size; k++) buffers.x[k] = solved.values[row * size + k]!;
    solveRow(fixed.values, confidence, start, end, options.steps, buffers);
    solved.values.set(buffers.x, row * size);
  }
};

/** Turns `matrices` so that the first argument's YᵀY becomes diagonal; returns the diagonal, descending. */
export const turnIntoEigenbasis = (of: Matrix, matrices: readonly Matrix[]): Float64Array => {
  const size = of.cols;
  const product = new Float64Array(size * size);
  gram(of.values, of.rows, size, product, new Float64Array(gramBlockLength(size)));
  const { values, vectors } = symmetricEigen(product, size);
  const pair = new Float64Array(2 * size);
  for (const matrix of matrices) rotateRows(matrix.values, matrix.rows, size, vectors, pair);
  // Rounding can push an eigenvalue of 0 below it.
  return values.map((value) => Math.max(0, value));
};

interface Buffers {
  /** YᵀY + λI. */
  readonly diagonal: Float64Array;
  readonly x: Float64Array;
  readonly residual: Float64Array;
  readonly direction: Float64Array;
  /** The system's matrix times `direction`. */
  readonly image: Float64Array;
}

const createBuffers = (size: number): Buffers => ({
  diagonal: new Float64Array(size),
  x: new Float64Array(size),
  residual: new Float64Array(size),
  direction: new Float64Array(size),
  image: new Float64Array(size),
});

/** Preconditioned conjugate gradients on one row, in place in `buffers.x`. */
const solveRow = (y: Float32Array, confidence: Csr, start: number, end: number, steps: number, b: Buffers): void => {
  const size = b.x.length;
  residualOf(y, confidence, start, end, b);
  let descent = precondition(b);
  b.direction.set(b.image);
  for (let step = 0; step < steps && descent > 1e-20; step++) {
    applySystem(y, confidence, start, end, b);
    let curvature = 0;
    for (let k = 0; k < size; k++) curvature += b.direction[k]! * b.image[k]!;
    const length = descent / curvature;
    for (let k = 0; k < size; k++) {
      b.x[k]! += length * b.direction[k]!;
      b.residual[k]! -= length * b.image[k]!;
    }
    const before = descent;
    descent = precondition(b);
    const kept = descent / before;
    for (let k = 0; k < size; k++) b.direction[k] = b.image[k]! + kept * b.direction[k]!;
  }
};

/** residual = Σ (c - (c - 1)·(y·x))·y - diagonal ∘ x. */
const residualOf = (y: Float32Array, confidence: Csr, start: number, end: number, b: Buffers): void => {
  const size = b.x.length;
  for (let k = 0; k < size; k++) b.residual[k] = -b.diagonal[k]! * b.x[k]!;
  for (let n = start; n < end; n++) {
    const at = confidence.indices[n]! * size;
    const c = confidence.values[n]!;
    addScaledRow(b.residual, c - (c - 1) * dotRow(y, at, b.x, size), y, at, size);
  }
};

/** image = diagonal ∘ direction + Σ (c - 1)·(y·direction)·y. */
const applySystem = (y: Float32Array, confidence: Csr, start: number, end: number, b: Buffers): void => {
  const size = b.x.length;
  for (let k = 0; k < size; k++) b.image[k] = b.diagonal[k]! * b.direction[k]!;
  for (let n = start; n < end; n++) {
    const at = confidence.indices[n]! * size;
    addScaledRow(b.image, (confidence.values[n]! - 1) * dotRow(y, at, b.direction, size), y, at, size);
  }
};

/** image = residual / diagonal; returns residual · image. */
const precondition = (b: Buffers): number => {
  let sum = 0;
  for (let k = 0; k < b.residual.length; k++) {
    b.image[k] = b.residual[k]! / b.diagonal[k]!;
    sum += b.residual[k]! * b.image[k]!;
  }
  return sum;
};
