/** All kernels as one WebAssembly module over a memory that is brought along. Nothing here allocates. */

export { choleskyFactor, choleskySolve } from './cholesky';
export { dots, namedDots } from './dots';
export { quantizedBounds, roundRows } from './quantized';
export { addGram, addWeightedGram } from './rank-update';
export { rotate } from './rotate';
export { solveRows } from './solve-rows';
export { nearestRows, sparseTimesDense } from './sparse';
export { squares } from './squares';
export { topProducts } from './top-products';
