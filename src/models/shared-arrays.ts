/** Arrays in memory that threads share. */

import type { Csr } from '#math';

type Numbers = Float32Array | Float64Array | Uint32Array;

/** The array itself when it is shared already, otherwise a shared copy. */
export const toShared = <T extends Numbers>(array: T): T => {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const Typed = array.constructor as new (buffer: SharedArrayBuffer) => T;
  const shared = new Typed(new SharedArrayBuffer(array.byteLength));
  shared.set(array);
  return shared;
};

export const toSharedCsr = ({ rows, cols, indptr, indices, values }: Csr): Csr => ({
  rows,
  cols,
  indptr: toShared(indptr),
  indices: toShared(indices),
  values: toShared(values),
});
