/**
 * Arithmetic that everything else stands on: dense and sparse matrices, symmetric systems and eigenvalues, selection
 * of the best, seeded random numbers. Matrices are stored in f32 and summed in f64; the same input gives the same bits.
 * Mistakes of the caller (shapes, ranges) throw RangeError. No statistics, no models, nothing that knows what an item is.
 */

export { choleskyFactor, choleskySolve } from './cholesky.ts';
export { type Csr, csrFromTriples, transposeCsr } from './csr.ts';
export { argMax, cosine, dot, type Matrix, matrixRow, rowLengths } from './dense.ts';
export { covarianceAt, type Minimum, minimize } from './minimize.ts';
export { createRng, type Rng, type RngLabel, shuffle } from './rng.ts';
export { symmetricEigen } from './symmetric-eigen.ts';
export { invertSymmetric, solveSymmetric } from './symmetric-system.ts';
export { TopK, topK } from './top-k.ts';
