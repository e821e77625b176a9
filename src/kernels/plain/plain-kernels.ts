/** The plain implementation: the meaning of each kernel in loops anyone can check, and the one that runs everywhere. */

import { choleskyFactor, choleskySolve } from '#math';
import type { Kernels } from '../kernels.ts';
import { addGram, addWeightedGram, dots, namedDots, quantizedBounds, rotate, roundRows, squares } from './dense.ts';
import { solveRows } from './solve-rows.ts';
import { nearestRows, sparseTimesDense, topProducts } from './sparse.ts';

export const plainKernels: Kernels = {
  kind: 'plain',
  dots,
  namedDots,
  addGram,
  addWeightedGram,
  squares,
  rotate,
  solveRows,
  choleskyFactor,
  choleskySolve,
  topProducts,
  sparseTimesDense,
  nearestRows,
  roundRows,
  quantizedBounds,
};
