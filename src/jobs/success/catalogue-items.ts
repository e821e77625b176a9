/**
 * The catalogue for whoever asks about some of its items: read block after block and kept as numbers, as a million items that
 * are objects hold a thread for seconds, and as one answer they are more than a string can be. Those asked for are objects.
 */

import { IdTable, type ItemId, itemTypeOf } from '#domain';
import { queries, streamRows, type WarehouseRows } from '#warehouse';
import { createGrowingArray } from '../growing-array.ts';

export interface CatalogueItem {
  readonly item_id: string;
  readonly type: string;
  readonly artist_id: string | null;
  readonly album_id: string | null;
  readonly tags: readonly string[];
  readonly duration_ms: number | null;
  readonly released_on: string | null;
}

/** Undefined of what is not in the catalogue. */
export type ItemOf = (itemId: string) => CatalogueItem | undefined;

const NONE = 0;

/** As the catalogue is now. Memory: of each item its id and six numbers, with room for as many again, and what is asked for. @throws {EngineError} warehouse_unavailable */
export const readCatalogueItems = async (warehouse: WarehouseRows): Promise<ItemOf> => {
  const items = new IdTable<ItemId>();
  const others = new IdTable<ItemId>();
  const days = new Distinct<string>();
  const tags = new Distinct<readonly string[]>();
  const [artist, album, tagged, released] = [u32s(), u32s(), u32s(), u32s()];
  const duration = createGrowingArray((length) => new Float64Array(length));
  const numbered = (id: string | null): number => (id === null ? NONE : others.numberOf(id as ItemId) + 1);
  for await (const rows of streamRows(warehouse, queries.itemTraits, {})) {
    for (const row of rows) {
      items.numberOf(row.item_id as ItemId);
      artist.push(numbered(row.artist_id));
      album.push(numbered(row.album_id));
      tagged.push(tags.numberOf(JSON.stringify(row.tags), row.tags));
      released.push(row.released_on === null ? NONE : days.numberOf(row.released_on, row.released_on) + 1);
      duration.push(row.duration_ms ?? Number.NaN);
    }
  }
  const named = (number: number): string | null => (number === NONE ? null : others.id(number - 1));
  const read = (itemId: string): CatalogueItem | undefined => {
    const place = items.find(itemId as ItemId);
    if (place === undefined) return undefined;
    const length = duration.at(place);
    const day = released.at(place);
    return {
      item_id: itemId,
      type: itemTypeOf(itemId as ItemId),
      artist_id: named(artist.at(place)),
      album_id: named(album.at(place)),
      tags: tags.value(tagged.at(place)),
      duration_ms: Number.isNaN(length) ? null : length,
      released_on: day === NONE ? null : days.value(day - 1),
    };
  };
  const asked = new Map<string, CatalogueItem | undefined>();
  return (itemId) => {
    const known = asked.get(itemId);
    if (known !== undefined || asked.has(itemId)) return known;
    const item = read(itemId);
    asked.set(itemId, item);
    return item;
  };
};

const u32s = () => createGrowingArray((length) => new Uint32Array(length));

/** Values that many items have, each once. */
class Distinct<Value> {
  readonly #numbers = new Map<string, number>();
  readonly #values: Value[] = [];

  numberOf(key: string, value: Value): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#values.length);
    return this.#values.push(value) - 1;
  }

  value(number: number): Value {
    return this.#values[number]!;
  }
}
