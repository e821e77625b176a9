import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Warehouse } from '#warehouse';
import { type CatalogueItem, readCatalogueItems } from './catalogue-items.ts';

const id = (type: string) => fc.nat(40).map((n) => `${type}:${n}`);
const text = fc.string({ unit: 'grapheme', maxLength: 4 });
const item = fc.record({
  item_id: fc.oneof(id('track'), id('episode'), id('artist')),
  artist_id: fc.option(id('artist')),
  album_id: fc.option(id('album')),
  tags: fc.array(fc.oneof(fc.constant('a\nb'), fc.constant('a'), fc.constant('b'), text), { maxLength: 3 }),
  duration_ms: fc.option(fc.nat(2 ** 40)),
  released_on: fc.option(fc.constantFrom('1899-12-31', '2026-01-01')),
});

/** A warehouse that has these items, some in each block. */
const warehouseOf = (rows: readonly object[]): Warehouse =>
  ({
    async *stream() {
      for (let from = 0; from < rows.length; from += 7) {
        const lines = rows.slice(from, from + 7).map((row) => `${JSON.stringify(row)}\n`);
        yield new TextEncoder().encode(lines.join(''));
      }
    },
  }) as unknown as Warehouse;

it('gives each item as it is stored, as often as it is asked for, and nothing of others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(item, { maxLength: 60, selector: (each) => each.item_id }), async (rows) => {
      const itemOf = await readCatalogueItems(warehouseOf(rows));
      for (const row of [...rows, ...rows]) {
        const type = row.item_id.slice(0, row.item_id.indexOf(':'));
        expect(itemOf(row.item_id)).toStrictEqual({ ...row, type } satisfies CatalogueItem);
      }
      const known = new Set(rows.map((row) => row.item_id));
      for (const row of rows) {
        if (row.artist_id !== null && !known.has(row.artist_id)) expect(itemOf(row.artist_id)).toBeUndefined();
      }
      expect(itemOf('track:none')).toBeUndefined();
    }),
    { seed: 5, numRuns: 100 },
  );
});
