/** Cells of items beside the factors of a stored model; a model without them is searched whole. */

import type { Matrix } from '#math';
import type { ModelName } from '../model.ts';
import { corrupt, type ModelParts, storedArray, storedNumber } from '../model-bytes.ts';
import type { ItemCells } from '../retrieval/cell-index.ts';

export const cellParts = ({ centres, order, starts, longest, probes }: ItemCells): ModelParts => ({
  scalars: { cell_probes: probes },
  arrays: { cell_centres: centres.values, cell_order: order, cell_starts: starts, cell_longest: longest },
});

/** Null when the model has none. @throws {EngineError} artifact_corrupt when they do not fit the factors. */
export const cellsOf = (parts: ModelParts, model: ModelName, { rows, cols }: Matrix): ItemCells | null => {
  if (parts.arrays['cell_starts'] === undefined) return null;
  const starts = storedArray(parts, model, 'cell_starts', 'u32');
  const order = storedArray(parts, model, 'cell_order', 'u32', starts.at(-1));
  const count = starts.length - 1;
  const isAscending = starts.every((start, cell) => cell === 0 || starts[cell - 1]! <= start);
  if (!isAscending || order.some((item) => item >= rows))
    throw corrupt(model, 'its cells name items that are not there');
  return {
    centres: { rows: count, cols, values: storedArray(parts, model, 'cell_centres', 'f32', count * cols) },
    order,
    starts,
    longest: storedArray(parts, model, 'cell_longest', 'f32', count),
    probes: storedNumber(parts, model, 'cell_probes'),
  };
};
