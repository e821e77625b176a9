/** The catalogue's items: what can be played, opened or recommended. */

import { z } from 'zod';
import { type CamelCased, toCamel, toSnake } from './camel-case.ts';
import type { EpochMs } from './clock.ts';
import type { FieldError } from './errors.ts';
import { fromTimestamp, toTimestamp } from './event-codec.ts';
import { ITEM_ID_PATTERN, type ItemId, itemTypeOf } from './ids.ts';
import type { ItemType } from './vocabulary.ts';

const text = z.string().max(1000);

/** Absent fields are unknown. */
export const itemSchema = z.object({
  item_id: z.string().regex(ITEM_ID_PATTERN, 'expected type:opaque, e.g. track:3n3Ppam7vgaVa1iaRUc9Lp'),
  title: text,
  /** Artist as shown; for an episode the show. */
  artist: text.optional(),
  artist_id: z.string().regex(ITEM_ID_PATTERN).optional(),
  album: text.optional(),
  album_id: z.string().regex(ITEM_ID_PATTERN).optional(),
  tags: z.array(z.string().max(100)).max(100).optional(),
  duration_ms: z.number().int().nonnegative().optional(),
  /** Day of release, YYYY-MM-DD. */
  released_on: z.iso.date().optional(),
  explicit: z.boolean().optional(),
  audio_url: z.string().max(2000).optional(),
  image_url: z.string().max(2000).optional(),
  /** Names of the same recording elsewhere: URIs, MBIDs. */
  external_ids: z.array(z.string().max(200)).max(1000).optional(),
  /** False takes the item out of all answers. */
  available: z.boolean().optional(),
});

type ItemFields = Omit<CamelCased<z.output<typeof itemSchema>>, 'itemId' | 'artistId' | 'albumId'>;

export interface Item extends ItemFields {
  readonly itemId: ItemId;
  readonly type: ItemType;
  readonly artistId?: ItemId;
  readonly albumId?: ItemId;
  readonly updatedAt: EpochMs;
  readonly extra: Readonly<Record<string, unknown>>;
}

export type ParsedItem =
  | { readonly ok: true; readonly item: Item }
  | { readonly ok: false; readonly fields: readonly FieldError[] };

/** Reads one wire item; unknown fields go to `extra`. Never throws. */
export const parseItem = (wire: unknown, updatedAt: EpochMs): ParsedItem => {
  const parsed = itemSchema.safeParse(wire);
  if (!parsed.success) {
    return { ok: false, fields: parsed.error.issues.map((i) => ({ field: i.path.join('.'), reason: i.message })) };
  }
  const extra: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wire as Record<string, unknown>)) {
    if (!Object.hasOwn(itemSchema.shape, key)) extra[key] = value;
  }
  const type = itemTypeOf(parsed.data.item_id as ItemId);
  return { ok: true, item: { ...toCamel(parsed.data), type, updatedAt, extra } as Item };
};

/** The item as one row of table `items`. */
export const toItemRow = (item: Item): string => {
  const { updatedAt, extra, ...fields } = item;
  const row = toSnake(fields) as Record<string, unknown>;
  row['updated_at'] = toTimestamp(updatedAt);
  row['extra'] = JSON.stringify(extra);
  return JSON.stringify(row);
};

/** Column → value, as `toItemRow` writes it; null columns are unknown fields. */
export type ItemRow = Readonly<Record<string, unknown>>;

const FIELDS: readonly (readonly [column: string, field: string])[] = [...Object.keys(itemSchema.shape), 'type'].map(
  (column) => [column, Object.keys(toCamel({ [column]: null }))[0]!],
);

/** Columns that are no fields of an item are left out. */
export const fromItemRow = (row: ItemRow): Item => {
  const item: Record<string, unknown> = {};
  for (const [column, field] of FIELDS) {
    const value = row[column];
    if (value !== null && value !== undefined) item[field] = value;
  }
  item['updatedAt'] = fromTimestamp(row['updated_at'] as string);
  const extra = row['extra'] as string | undefined;
  item['extra'] = extra === undefined || extra === '{}' ? {} : JSON.parse(extra);
  return item as unknown as Item;
};
