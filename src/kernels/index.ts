/**
 * Inner loops at the speed of the processor: each a WebAssembly SIMD kernel written in AssemblyScript (`assembly/`), with
 * a twin in plain TypeScript (`plain/`) that says what it means and runs where there is no WebAssembly. A `Space` is the
 * memory they work in, a `KernelPool` shares rows out among threads. Deterministic in their arguments: same kind of kernels,
 * same bits, whatever the number of threads. No models, no files but the compiled kernels themselves.
 */

export {
  type KernelKind,
  type Kernels,
  type Lists,
  NOWHERE,
  type QuantizedRows,
  type QuantizedVector,
} from './kernels.ts';
export { availableKernels, kernelsOn } from './kernels-on.ts';
export { createArena } from './memory.ts';
export { inThread, type KernelPool, type KernelPoolOptions, partsOf, startKernelPool } from './pool/pool.ts';
export {
  type ArrayPlan,
  createSpace,
  f32,
  f64,
  i8,
  i16,
  openSpace,
  type SharedSpace,
  type Space,
  shareSpace,
  u32,
} from './space.ts';
