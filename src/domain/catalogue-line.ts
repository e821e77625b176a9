/**
 * Items as lines of the catalogue: `{"added_at":1760000000000,"item":["track:a","Title",null,…]}`, the fields of an item as a
 * list in the order of ITEM_COLUMNS. A million of them are read at a start, and kept as they come: names of fields are not repeated.
 */

import { toCamel } from './camel-case.ts';
import type { EpochMs } from './clock.ts';
import { type ItemId, itemTypeOf } from './ids.ts';
import type { Item } from './item.ts';
import { piecesOfLines, rowsOfLines } from './json-lines.ts';
import type { ItemType } from './vocabulary.ts';

/** The columns of table `item` that make an item, in the order of the list; `updated_at` in it as milliseconds. */
export const ITEM_COLUMNS = [
  'item_id',
  'title',
  'artist',
  'artist_id',
  'album',
  'album_id',
  'tags',
  'duration_ms',
  'released_on',
  'explicit',
  'audio_url',
  'image_url',
  'external_ids',
  'available',
  'updated_at',
  'extra',
] as const;

const FIELDS: readonly string[] = ITEM_COLUMNS.map((column) => Object.keys(toCamel({ [column]: null }))[0]!);
const EXTRA = ITEM_COLUMNS.indexOf('extra');

type List = readonly unknown[];

/** Fields an item is found by; null where it is unknown. */
export interface IndexedFields {
  readonly itemId: ItemId;
  readonly type: ItemType;
  readonly title: string;
  readonly artist: string | null;
  readonly artistId: ItemId | null;
  readonly tags: readonly string[];
  readonly releasedOn: string | null;
  readonly available: boolean | null;
  readonly updatedAt: EpochMs;
}

export interface CatalogueEntry {
  readonly fields: IndexedFields;
  /** The list as JSON, from which `itemOfList` makes the item. */
  readonly list: Uint8Array;
  /** When it was first seen here. */
  readonly addedAt: EpochMs;
}

const OPEN = 0x5b;
const NEWLINE = 0x0a;

/** The list of an item as JSON. */
export const listOfItem = (item: Item): string => {
  const { extra, ...fields } = item;
  const known: Readonly<Record<string, unknown>> = { ...fields, extra: JSON.stringify(extra) };
  return JSON.stringify(FIELDS.map((field) => known[field]));
};

/** @throws {SyntaxError} on anything but JSON. */
export const itemOfList = (list: string): Item => itemOf(JSON.parse(list) as List);

export const indexedFieldsOf = (item: Item): IndexedFields => ({
  itemId: item.itemId,
  type: item.type,
  title: item.title,
  artist: item.artist ?? null,
  artistId: item.artistId ?? null,
  tags: item.tags ?? [],
  releasedOn: item.releasedOn ?? null,
  available: item.available ?? null,
  updatedAt: item.updatedAt,
});

/** Ended, as bytes of their own. */
export const toCatalogueLines = (items: Iterable<{ item: Item; addedAt: EpochMs }>): Uint8Array<ArrayBuffer> => {
  let lines = '';
  for (const { item, addedAt } of items) lines += `{"added_at":${addedAt},"item":${listOfItem(item)}}\n`;
  return new TextEncoder().encode(lines);
};

/** The entries of whole lines, some at a time. */
export function* readCatalogueLines(block: Uint8Array): Generator<readonly CatalogueEntry[]> {
  for (const lines of piecesOfLines(block)) {
    let from = 0;
    yield rowsOfLines<{ added_at: EpochMs; item: List }>(lines).map(({ added_at: addedAt, item }) => {
      const found = lines.indexOf(NEWLINE, from);
      const end = found < 0 ? lines.length : found;
      // Before the list stands a number alone, behind it the bracket that ends the line.
      const list = lines.subarray(lines.indexOf(OPEN, from), end - 1);
      from = end + 1;
      return { fields: indexedOf(item), list, addedAt };
    });
  }
}

const indexedOf = (list: List): IndexedFields => {
  const [itemId, title, artist, artistId, , , tags, , releasedOn, , , , , available, updatedAt] = list;
  return {
    itemId: itemId as ItemId,
    type: itemTypeOf(itemId as ItemId),
    title: title as string,
    artist: artist as string | null,
    artistId: artistId as ItemId | null,
    tags: (tags as readonly string[] | null) ?? [],
    releasedOn: releasedOn as string | null,
    available: available as boolean | null,
    updatedAt: updatedAt as EpochMs,
  };
};

/** Null fields are unknown. */
const itemOf = (list: List): Item => {
  const item: Record<string, unknown> = {};
  const itemId = list[0] as ItemId;
  item['itemId'] = itemId;
  item['type'] = itemTypeOf(itemId);
  for (let n = 1; n < FIELDS.length; n++) {
    const value = list[n];
    if (value !== null) item[FIELDS[n]!] = value;
  }
  const extra = list[EXTRA] as string;
  item['extra'] = extra === '{}' ? {} : JSON.parse(extra);
  return item as unknown as Item;
};
