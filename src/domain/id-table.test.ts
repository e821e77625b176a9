import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdTable } from './id-table.ts';
import { PackedIds } from './packed-ids.ts';

const anyIds = fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 100 });
/** Lone surrogates too, which no text has. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
  .map((units) => String.fromCharCode(...units));

const expectAsMap = (ids: readonly string[]): void => {
  const table = new IdTable<string>();
  const map = new Map<string, number>();
  for (const id of ids) {
    expect(table.find(id)).toBe(map.get(id));
    if (!map.has(id)) map.set(id, map.size);
    expect(table.numberOf(id)).toBe(map.get(id));
  }
  expect(table.size).toBe(map.size);
  for (const [id, number] of map) expect(table.id(number)).toBe(id);
};

describe('a table of ids', () => {
  it.each([
    ['texts', anyIds],
    ['code units in any order', fc.array(anyUnits, { maxLength: 100 })],
  ])('gives each id one number, in the order of first sight, as a map would: %s', (_, ids) => {
    fc.assert(fc.property(ids, expectAsMap), { seed: 11, numRuns: 200 });
  });

  it('still does with many, as every part of it grows', () => {
    const table = new IdTable<string>();
    const ids = Array.from({ length: 100_000 }, (_, n) => (n % 10 === 0 ? `дорожка:${n}` : `track:${n}`));
    for (const [n, id] of ids.entries()) if (table.numberOf(id) !== n) throw new Error(`${id} is not ${n}`);
    expect(table.size).toBe(ids.length);
    expect(ids.findIndex((id, n) => table.find(id) !== n || table.numberOf(id) !== n)).toBe(-1);
    expect(ids.findIndex((_, n) => table.find(`track:${ids.length + n}`) !== undefined)).toBe(-1);
    // More than are kept as strings, and again those that were put out by others meanwhile.
    for (let round = 0; round < 2; round++) expect(ids.findIndex((id, n) => table.id(n) !== id)).toBe(-1);
    expect(table.size).toBe(ids.length);
  });

  it('takes ids of any length, also where the last slab has no room for them or none has', () => {
    const table = new IdTable<string>();
    const ids = [700_000, 700_000, 3, 2 ** 20, 1_500_000, 5, 0, 90_000].map((length, n) =>
      String.fromCharCode(65 + n, n % 2 === 0 ? 66 : 0xd800 + n).repeat(length),
    );
    for (const [n, id] of ids.entries()) expect(table.numberOf(id)).toBe(n);
    expect(ids.map((id) => table.find(id))).toEqual([...ids.keys()]);
    expect(ids.map((_, n) => table.id(n) === ids[n])).toEqual(ids.map(() => true));
    expect(table.find(`${ids[3]}B`)).toBeUndefined();
    expect(table.find(`${ids[3]!.slice(0, -1)}C`)).toBeUndefined();
  });

  it('tells an id of code units that fit into bytes from one of the same bytes that do not', () => {
    expectAsMap(['ab', '\u6261', 'a', 'a\0', '\u0061\u0100', '\xff', '\u00ff\u0000', '\u0100', '\u0001\u0000']);
  });

  it('says whether the id of a number is one of a list', () => {
    const [some, other] = [anyIds, anyIds];
    fc.assert(
      fc.property(some, other, (ids, others) => {
        const table = new IdTable<string>();
        for (const id of ids) table.numberOf(id);
        const list = [...others, ...ids.toReversed()];
        const packed = PackedIds.from(list);
        for (let number = 0; number < table.size; number++) {
          const same = list.map((_, index) => table.isSame(number, packed, index));
          expect(same).toEqual(list.map((id) => id === table.id(number)));
        }
      }),
      { seed: 12, numRuns: 50 },
    );
  });

  it('counts its bytes: the ids, 8 for each, and between 13 and 26 to find them by', () => {
    const table = new IdTable<string>();
    const count = 200_000;
    let ids = 0;
    for (let n = 0; n < count; n++) {
      const id = n % 2 === 0 ? `track:${n}` : `трек:${n}`;
      table.numberOf(id);
      ids += n % 2 === 0 ? id.length : 2 * id.length;
    }
    expect(table.bytes).toBeGreaterThan(ids + (8 + 12.8) * count);
    expect(table.bytes).toBeLessThan(ids + (8 + 25.6) * count + 2 ** 20 + 2 ** 18);
  });
});
