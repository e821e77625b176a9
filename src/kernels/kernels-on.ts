/** Which kernels run here. */

import { KERNEL_KINDS, type KernelKind, type Kernels } from './kernels.ts';
import { plainKernels } from './plain/plain-kernels.ts';
import { simdModule } from './simd/modules.ts';
import { simdKernels } from './simd/simd-kernels.ts';
import type { Space } from './space.ts';

/** The kinds that this engine can run, fastest first; `plain` is always among them. */
export const availableKernels = (): readonly KernelKind[] =>
  KERNEL_KINDS.filter((kind) => kind === 'plain' || simdModule(kind) !== null);

/**
 * Kernels for the arrays of one space: the fastest that the engine can run, or those asked for.
 * @throws {RangeError} when the engine cannot run those.
 */
export const kernelsOn = (space: Space, kind: KernelKind = availableKernels()[0]!): Kernels => {
  if (kind === 'plain') return plainKernels;
  const module = simdModule(kind);
  if (module === null) {
    throw new RangeError(`kernels "${kind}" do not run on this engine: expected ${availableKernels().join(' or ')}`);
  }
  return simdKernels(kind, module, space);
};
