import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csrFromTriples, transposeCsr } from './csr.ts';

const shape = fc.record({ rows: fc.integer({ min: 1, max: 8 }), cols: fc.integer({ min: 1, max: 8 }) });
const triples = shape.chain(({ rows, cols }) =>
  fc
    .array(fc.tuple(fc.nat(rows - 1), fc.nat(cols - 1), fc.integer({ min: -9, max: 9 })), { maxLength: 60 })
    .map((entries) => ({
      rows,
      cols,
      entries,
      matrix: csrFromTriples(rows, cols, {
        rows: entries.map((e) => e[0]),
        columns: entries.map((e) => e[1]),
        values: entries.map((e) => e[2]),
      }),
    })),
);

describe('csrFromTriples', () => {
  it('holds the sum of each place, once, columns ascending', () => {
    fc.assert(
      fc.property(triples, ({ rows, entries, matrix }) => {
        const sums = new Map<string, number>();
        for (const [r, c, v] of entries) sums.set(`${r},${c}`, (sums.get(`${r},${c}`) ?? 0) + v);
        const held = new Map<string, number>();
        for (let r = 0; r < rows; r++) {
          let last = -1;
          for (let n = matrix.indptr[r]!; n < matrix.indptr[r + 1]!; n++) {
            expect(matrix.indices[n]!).toBeGreaterThan(last);
            last = matrix.indices[n]!;
            held.set(`${r},${last}`, matrix.values[n]!);
          }
        }
        expect([...held.entries()].sort()).toEqual([...sums.entries()].sort());
      }),
      { seed: 2 },
    );
  });

  it('refuses entries outside the shape and arrays of different lengths', () => {
    for (const place of [2, -1, 0.5, Number.NaN]) {
      expect(() => csrFromTriples(2, 2, { rows: [place], columns: [0], values: [1] })).toThrow(RangeError);
      expect(() => csrFromTriples(2, 2, { rows: [0], columns: [place], values: [1] })).toThrow(RangeError);
    }
    expect(() => csrFromTriples(2, 2, { rows: [0], columns: [0, 1], values: [1] })).toThrow(RangeError);
  });

  it('takes a matrix without entries', () => {
    expect(csrFromTriples(2, 3, { rows: [], columns: [], values: [] }).indptr).toEqual(new Uint32Array(3));
  });
});

describe('transposeCsr', () => {
  it('is undone by itself, to the bit', () => {
    fc.assert(
      fc.property(triples, ({ matrix }) => {
        expect(transposeCsr(transposeCsr(matrix))).toEqual(matrix);
      }),
      { seed: 3 },
    );
  });

  it('swaps rows and columns', () => {
    fc.assert(
      fc.property(triples, ({ rows, cols, entries, matrix }) => {
        const swapped = csrFromTriples(cols, rows, {
          rows: entries.map((e) => e[1]),
          columns: entries.map((e) => e[0]),
          values: entries.map((e) => e[2]),
        });
        expect(transposeCsr(matrix)).toEqual(swapped);
        expect(matrix.rows).toBe(rows);
      }),
      { seed: 4 },
    );
  });
});
