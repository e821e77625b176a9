/** Conjugate gradients on many small systems as plain loops. */

import type { Kernels, RowSystems } from '../kernels.ts';

interface Buffers {
  readonly x: Float32Array;
  readonly diagonal: Float32Array;
  readonly residual: Float32Array;
  readonly direction: Float32Array;
  readonly image: Float32Array;
}

export const solveRows: Kernels['solveRows'] = (from, to, systems, scratch) => {
  const { solved, size, confidence, spectrum, lambdas } = systems;
  const part = (n: number): Float32Array => scratch.subarray(n * size, (n + 1) * size);
  for (let row = from; row < to; row++) {
    const x = solved.subarray(row * size, (row + 1) * size);
    if (confidence.indptr[row] === confidence.indptr[row + 1]) {
      x.fill(0);
      continue;
    }
    const b = { x, diagonal: part(0), residual: part(1), direction: part(2), image: part(3) };
    for (let k = 0; k < size; k++) b.diagonal[k] = spectrum[k]! + lambdas[row]!;
    solveRow(systems, row, b);
  }
};

const solveRow = (systems: RowSystems, row: number, b: Buffers): void => {
  const { size, steps } = systems;
  for (let k = 0; k < size; k++) b.residual[k] = -b.diagonal[k]! * b.x[k]!;
  addEntries(systems, row, b.x, b.residual, (c, product) => c - (c - 1) * product);
  let descent = precondition(b);
  b.direction.set(b.image);
  for (let step = 0; step < steps && descent > 1e-20; step++) {
    for (let k = 0; k < size; k++) b.image[k] = b.diagonal[k]! * b.direction[k]!;
    addEntries(systems, row, b.direction, b.image, (c, product) => (c - 1) * product);
    let curvature = 0;
    for (let k = 0; k < size; k++) curvature += b.direction[k]! * b.image[k]!;
    const length = descent / curvature;
    for (let k = 0; k < size; k++) {
      b.x[k]! += length * b.direction[k]!;
      b.residual[k]! -= length * b.image[k]!;
    }
    const before = descent;
    descent = precondition(b);
    for (let k = 0; k < size; k++) b.direction[k] = b.image[k]! + (descent / before) * b.direction[k]!;
  }
};

/** out += Σ factor(c, y·v)·y over the entries of the row. */
const addEntries = (
  { fixed, size, confidence }: RowSystems,
  row: number,
  v: Float32Array,
  out: Float32Array,
  factor: (c: number, product: number) => number,
): void => {
  for (let n = confidence.indptr[row]!; n < confidence.indptr[row + 1]!; n++) {
    const at = confidence.indices[n]! * size;
    let product = 0;
    for (let k = 0; k < size; k++) product += fixed[at + k]! * v[k]!;
    const f = factor(confidence.values[n]!, product);
    for (let k = 0; k < size; k++) out[k]! += f * fixed[at + k]!;
  }
};

/** image = residual / diagonal; returns residual · image. */
const precondition = ({ residual, diagonal, image }: Buffers): number => {
  let sum = 0;
  for (let k = 0; k < residual.length; k++) {
    image[k] = residual[k]! / diagonal[k]!;
    sum += residual[k]! * image[k]!;
  }
  return sum;
};
