/** Sparse matrices written row by row. */

import type { Csr } from '#math';

export interface RowWriter {
  /** Adds an entry to the row being written; columns of a row come in ascending order. */
  push(column: number, value: number): void;
  endRow(): void;
  /** What was written; the buffers are cut to their length. */
  toCsr(cols: number): Csr;
}

export const createRowWriter = (): RowWriter => {
  let indices = new Uint32Array(1024);
  let values = new Float32Array(1024);
  const indptr = [0];
  let end = 0;
  const grow = (): void => {
    const moreIndices = new Uint32Array(2 * indices.length);
    const moreValues = new Float32Array(2 * values.length);
    moreIndices.set(indices);
    moreValues.set(values);
    indices = moreIndices;
    values = moreValues;
  };
  return {
    push: (column, value) => {
      if (end === indices.length) grow();
      indices[end] = column;
      values[end++] = value;
    },
    endRow: () => {
      indptr.push(end);
    },
    toCsr: (cols) => ({
      rows: indptr.length - 1,
      cols,
      indptr: Uint32Array.from(indptr),
      indices: indices.slice(0, end),
      values: values.slice(0, end),
    }),
  };
};
