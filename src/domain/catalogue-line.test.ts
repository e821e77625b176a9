import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexedFieldsOf, itemOfList, listOfItem, readCatalogueLines, toCatalogueLines } from './catalogue-line.ts';
import { type ItemId, itemTypeOf } from './ids.ts';
import type { Item } from './item.ts';

const ids = fc.constantFrom('track:a', 'album:{"x":[1]}', 'artist:é', 'episode:[[') as fc.Arbitrary<ItemId>;
const text = fc.string({ unit: 'grapheme', maxLength: 30 });

/** Items of which anything may be unknown. */
const items = fc
  .record(
    {
      itemId: ids,
      title: text,
      updatedAt: fc.nat(2e12),
      extra: fc.dictionary(text, fc.jsonValue({ maxDepth: 2 })),
      artist: text,
      artistId: ids,
      album: text,
      albumId: ids,
      tags: fc.array(text, { maxLength: 3 }),
      durationMs: fc.nat(),
      releasedOn: fc.constantFrom('1899-12-31', '2026-01-01'),
      explicit: fc.boolean(),
      audioUrl: text,
      imageUrl: text,
      externalIds: fc.array(text, { maxLength: 2 }),
      available: fc.boolean(),
    },
    { requiredKeys: ['itemId', 'title', 'updatedAt', 'extra'], noNullPrototype: true },
  )
  .map((fields): Item => {
    const extra = JSON.parse(JSON.stringify(fields.extra)) as Item['extra'];
    return { ...fields, type: itemTypeOf(fields.itemId), extra } as Item;
  });

const readAll = (lines: Uint8Array) => [...readCatalogueLines(lines)].flat();

describe('lines of the catalogue', () => {
  it('give back each item as it was, and what it is found by', () => {
    fc.assert(
      fc.property(fc.array(items, { maxLength: 8 }), (put) => {
        const entries = readAll(toCatalogueLines(put.map((item, n) => ({ item, addedAt: n }))));
        expect(entries.map(({ list }) => itemOfList(new TextDecoder().decode(list)))).toStrictEqual(put);
        expect(entries.map(({ list }) => new TextDecoder().decode(list))).toEqual(put.map(listOfItem));
        expect(entries.map(({ fields }) => fields)).toStrictEqual(put.map(indexedFieldsOf));
        expect(entries.map(({ addedAt }) => addedAt)).toEqual([...put.keys()]);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('are read some at a time, whatever their number', () => {
    const many = Array.from({ length: 3000 }, (_, n): { item: Item; addedAt: number } => {
      const itemId = `track:${n}` as ItemId;
      return { item: { itemId, type: 'track', title: 'x'.repeat(n % 90), updatedAt: n, extra: {} }, addedAt: n };
    });
    const read = [...readCatalogueLines(toCatalogueLines(many))];
    expect(read.length).toBeGreaterThan(3);
    expect(read.flat().map(({ fields }) => fields)).toEqual(many.map(({ item }) => indexedFieldsOf(item)));
    expect(readAll(toCatalogueLines([]))).toEqual([]);
    const whole = toCatalogueLines(many.slice(0, 2));
    expect(readAll(whole.subarray(0, whole.length - 1))).toEqual(readAll(whole));
  });
});
