import { describe, expect, it } from 'vitest';
import { transposeCsr } from '#math';
import { check, expectClose, fill, kinds, sparse, twinsOf } from './kernel-twins.contract.ts';
import { createSpace, f32, u32 } from './space.ts';

describe.each(kinds)('the %s kernels, sparse rows', (kind) => {
  const twins = twinsOf(kind);

  it('multiply a sparse matrix with a dense one', () => {
    check(({ rows, size, from, rng }) => {
      const matrix = sparse(rng, rows, 30, rows * 5, () => rng.normal());
      const space = createSpace({
        indptr: u32(rows + 1),
        indices: u32(matrix.indices.length),
        values: f32(matrix.values.length),
        dense: f32(30 * size),
        out: f32(rows * size),
      });
      const { arrays } = space;
      arrays.indptr.set(matrix.indptr);
      arrays.indices.set(matrix.indices);
      arrays.values.set(matrix.values);
      fill(arrays.dense, () => rng.normal());
      const [a, b] = twins(space, (kernels) => {
        kernels.sparseTimesDense(from, rows, { ...matrix, ...arrays }, arrays.dense, size, arrays.out);
        return arrays.out.slice(from * size);
      });
      expectClose(a, b, 20);
    });
  });

  it('join each row with the rows most like it', () => {
    check(({ rows: few, from, rng }) => {
      const rows = few + 20;
      const k = 1 + rng.int(8);
      // Small whole numbers again, for ties; 0 is what an entry weighs that says nothing.
      const matrix = sparse(rng, rows, 15, rows * 4, () => rng.int(3));
      const columns = transposeCsr(matrix);
      const entries = matrix.indices.length;
      const space = createSpace({
        indptr: u32(rows + 1),
        indices: u32(entries),
        values: f32(entries),
        columnsPtr: u32(16),
        columnRows: u32(entries),
        columnValues: f32(entries),
        items: u32(rows * k),
        scores: f32(rows * k),
        counts: u32(rows),
        scratch: u32(2 * rows + 1),
        behind: u32(rows * rows),
      });
      const { arrays } = space;
      arrays.behind.fill(7);
      arrays.indptr.set(matrix.indptr);
      arrays.indices.set(matrix.indices);
      arrays.values.set(matrix.values);
      arrays.columnsPtr.set(columns.indptr);
      arrays.columnRows.set(columns.indices);
      arrays.columnValues.set(columns.values);
      const byRow = { ...matrix, ...arrays };
      const byColumn = {
        ...columns,
        indptr: arrays.columnsPtr,
        indices: arrays.columnRows,
        values: arrays.columnValues,
      };
      const [a, b] = twins(space, (kernels) => {
        kernels.nearestRows(from, rows, byRow, byColumn, k, arrays, arrays.scratch);
        expect(arrays.scratch.subarray(0, rows).every((value) => value === 0)).toBe(true);
        expect(arrays.behind.every((value) => value === 7)).toBe(true);
        return Array.from({ length: rows - from }, (_, n) => {
          const start = (from + n) * k;
          const pairs = Array.from({ length: arrays.counts[from + n]! }, (__, at) => [
            arrays.items[start + at],
            arrays.scores[start + at],
          ]);
          return pairs.sort((x, y) => x[0]! - y[0]!);
        });
      });
      expect(a).toEqual(b);
    });
  });
});
