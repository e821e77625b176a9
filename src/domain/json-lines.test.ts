import fc from 'fast-check';
import { expect, it } from 'vitest';
import { piecesOfLines, rowsOfLines } from './json-lines.ts';

const linesOf = (rows: readonly unknown[]) =>
  new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

it('reads rows back as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue())), (rows) => {
      expect(rowsOfLines(linesOf(rows))).toEqual(JSON.parse(JSON.stringify(rows)));
    }),
    { seed: 1, numRuns: 200 },
  );
});

it('cuts lines into pieces of whole ones, none much longer than a piece', () => {
  const rows = Array.from({ length: 3000 }, (_, n) => ({ n, text: 'x'.repeat(n % 200) }));
  const lines = linesOf(rows);
  const pieces = [...piecesOfLines(lines)];
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces.flatMap((piece) => rowsOfLines(piece))).toEqual(rows);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(65_536 + 300);
  expect([...piecesOfLines(new Uint8Array(0))]).toEqual([]);
  expect(rowsOfLines(linesOf([]))).toEqual([]);
});
