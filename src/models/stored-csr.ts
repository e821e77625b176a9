/** A sparse matrix among the parts of a stored model. */

import type { Csr } from '#math';
import type { ModelName } from './model.ts';
import { corrupt, type ModelParts, storedArray, storedNumber } from './model-bytes.ts';

/** The parts that hold the matrix; `storedCsr` of the same name puts it together again. */
export const csrParts = (name: string, matrix: Csr): ModelParts => ({
  scalars: { [`${name}_rows`]: matrix.rows, [`${name}_cols`]: matrix.cols },
  arrays: {
    [`${name}_indptr`]: matrix.indptr,
    [`${name}_indices`]: matrix.indices,
    [`${name}_values`]: matrix.values,
  },
});

/** @throws {EngineError} artifact_corrupt. */
export const storedCsr = (parts: ModelParts, model: ModelName, name: string): Csr => {
  const rows = storedNumber(parts, model, `${name}_rows`);
  const cols = storedNumber(parts, model, `${name}_cols`);
  const indptr = storedArray(parts, model, `${name}_indptr`, 'u32', rows + 1);
  const indices = storedArray(parts, model, `${name}_indices`, 'u32', indptr[rows]);
  const values = storedArray(parts, model, `${name}_values`, 'f32', indptr[rows]);
  if (!areBelow(indices, cols)) throw corrupt(model, `matrix "${name}" has an index beyond ${cols}`);
  return { rows, cols, indptr, indices, values };
};

const areBelow = (values: Uint32Array, bound: number): boolean => {
  for (let n = 0; n < values.length; n++) if (values[n]! >= bound) return false;
  return true;
};
