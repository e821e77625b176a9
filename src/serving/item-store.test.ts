import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, itemId, listOfItem } from '#domain';
import { Catalogue } from './catalogue.ts';
import { ItemStore } from './item-store.ts';
import { WorksOfArtists } from './works-of-artists.ts';

const item = (n: number, title: string, updatedAt = 0): Item => ({
  itemId: itemId('track', String(n)),
  type: 'track',
  title,
  updatedAt,
  extra: {},
});

const putInto = (store: ItemStore, place: number, put: Item): void =>
  store.put(place, Buffer.from(listOfItem(put)), put.updatedAt);

describe('the store of items', () => {
  it('does what a map would do, whatever is written over what', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    const command = fc.tuple(fc.nat(30), text, fc.array(text, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const store = new ItemStore();
        const map = new Map<number, Item>();
        for (const [place, title, tags] of commands) {
          const put: Item = { ...item(place, title, tags.length), tags, extra: { text: title } };
          putInto(store, place, put);
          map.set(place, put);
          expect(store.get(place)).toEqual(put);
        }
        const places = Array.from({ length: 32 }, (_, place) => place);
        expect(places.map((place) => store.get(place))).toEqual(places.map((place) => map.get(place)));
        expect(places.map((place) => store.has(place))).toEqual(places.map((place) => map.has(place)));
        expect(places.map((place) => store.updatedAt(place))).toEqual(places.map((place) => map.get(place)?.updatedAt));
        expect(store.size).toBe(map.size);
      }),
      { seed: 9, numRuns: 60 },
    );
  });

  it('takes no more when items change back and forth than when they were put', () => {
    const store = new ItemStore();
    const putAll = (round: number): void => {
      for (let n = 0; n < 20_000; n++) putInto(store, n, item(n, 'x'.repeat(((n + round) % 4) * 60)));
    };
    for (let round = 0; round < 4; round++) putAll(round);
    const { bytes } = store;
    for (let round = 4; round < 12; round++) putAll(round);
    expect(store.bytes).toBe(bytes);
    expect(store.get(12_345)?.title).toBe('x'.repeat(((12_345 + 11) % 4) * 60));
  });
});

describe('the works of artists', () => {
  it('are what sets would hold, in the order in which they came', () => {
    const command = fc.tuple(fc.nat(4), fc.integer({ min: 5, max: 30 }));
    fc.assert(
      fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
        const works = new WorksOfArtists();
        const sets = Array.from({ length: 5 }, () => new Set<number>());
        for (const [artist, place] of commands) {
          const owner = sets.findIndex((set) => set.has(place));
          if (owner === artist) continue;
          if (owner >= 0) {
            works.remove(owner, place);
            sets[owner]!.delete(place);
          }
          works.add(artist, place);
          sets[artist]!.add(place);
        }
        for (const [artist, set] of sets.entries()) expect(works.of(artist)).toEqual([...set]);
        expect(works.of(1_000_000)).toEqual([]);
      }),
      { seed: 10, numRuns: 100 },
    );
  });
});

describe('the catalogue outside of the heap', () => {
  it('knows what an item is for by the tags it has now, else by the pools it is played from', () => {
    const catalogue = new Catalogue();
    const tagged = (tags: string[], updatedAt: number): Item => ({ ...item(1, 'Rain', updatedAt), tags });
    const { itemId: id } = item(1, '');
    expect(catalogue.purposeOf(id, false)).toBe('');
    catalogue.put(tagged(['Ambient', 'Sleep'], 1));
    expect(catalogue.purposeOf(id, true)).toBe('background');
    catalogue.put(tagged(['sleep'], 2));
    catalogue.put(tagged(['party'], 1));
    expect(catalogue.purposeOf(id, false)).toBe('sleep');
    catalogue.put(tagged(['rock'], 3));
    catalogue.edit({ poolId: 'p', change: 'put', title: 'Music for a workout', items: [id] });
    expect([catalogue.purposeOf(id, false), catalogue.purposeOf(id, true)]).toEqual(['', 'workout']);
  });

  it('takes, of an item, its JSON in slots of 32 bytes, its id and 79 more, and room for as many places again', () => {
    const catalogue = new Catalogue();
    const before = catalogue.bytes;
    const items = 40_000;
    let json = 0;
    for (let n = 0; n < items; n++) {
      const put = { ...item(n, `Track ${n}`), artistId: itemId('artist', String(n >> 3)) };
      json += Math.ceil(JSON.stringify(put).length / 32) * 32;
      catalogue.put(put);
    }
    const places = catalogue.size;
    expect(places).toBe(items + items / 8);
    let ids = 0;
    for (let place = 0; place < places; place++) ids += catalogue.id(place).length;
    const least = json + ids + 79 * places;
    expect(catalogue.bytes - before).toBeGreaterThan(json + ids);
    // The last slabs may be all but empty: of items 4 MiB, of ids 1, and 2 ** 18 of where these are.
    expect(catalogue.bytes).toBeLessThan(least + 79 * places + 5 * 2 ** 20 + 2 ** 18);
  });
});
