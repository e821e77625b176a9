import { ITEM_COLUMNS } from '#domain';
import { defineQuery } from '../define-query.ts';

export interface CatalogueRow {
  readonly item_id: string;
  readonly type: string;
  readonly title: string;
  readonly artist: string | null;
  readonly artist_id: string | null;
  readonly album: string | null;
  readonly album_id: string | null;
  readonly tags: readonly string[];
  readonly duration_ms: number | null;
  readonly released_on: string | null;
  readonly explicit: boolean | null;
  readonly audio_url: string | null;
  readonly image_url: string | null;
  readonly external_ids: readonly string[];
  readonly available: boolean | null;
  readonly updated_at: string;
  readonly extra: string;
  /** When the first version came in. */
  readonly added_at: string;
}

/**
 * Read backwards along the key of the table, so that the latest version of an item comes first and none is compared with another;
 * when an item that came in more than once was added is looked up.
 */
const LATEST = `
WITH
again AS
(
    SELECT item_id, min(item.updated_at) AS added_at
    FROM item
    GROUP BY item_id
    HAVING count() > 1
),
latest AS
(
    SELECT *
    FROM item
    ORDER BY item_id DESC, updated_at DESC, sequence DESC
    LIMIT 1 BY item_id
)`;
const ADDED_AT = "if(again.item_id = '', updated_at, again.added_at)";
const FROM_LATEST = `
FROM latest
LEFT ANY JOIN again ON latest.item_id = again.item_id
ORDER BY latest.item_id`;

export const catalogue = defineQuery<Record<string, never>, CatalogueRow>({
  name: 'catalogue',
  description: 'Every item in its latest version, also the ones that are not available, by id.',
  grain: 'item',
  sql: `
${LATEST}
SELECT
    latest.item_id AS item_id,
    CAST(latest.type, 'String') AS type,
    title,
    artist,
    artist_id,
    album,
    album_id,
    CAST(latest.tags, 'Array(String)') AS tags,
    duration_ms,
    released_on,
    explicit,
    audio_url,
    image_url,
    external_ids,
    available,
    updated_at,
    extra,
    ${ADDED_AT} AS added_at
${FROM_LATEST}`,
  columns: {
    item_id: 'String',
    type: 'String',
    title: 'String',
    artist: 'Nullable(String)',
    artist_id: 'Nullable(String)',
    album: 'Nullable(String)',
    album_id: 'Nullable(String)',
    tags: 'Array(String)',
    duration_ms: 'Nullable(UInt64)',
    released_on: 'Nullable(String)',
    explicit: 'Nullable(Bool)',
    audio_url: 'Nullable(String)',
    image_url: 'Nullable(String)',
    external_ids: 'Array(String)',
    available: 'Nullable(Bool)',
    updated_at: "DateTime64(3, 'UTC')",
    extra: 'String',
    added_at: "DateTime64(3, 'UTC')",
  },
  example: {},
});

export interface ItemTraitsRow {
  readonly item_id: string;
  readonly artist_id: string | null;
  readonly album_id: string | null;
  readonly tags: readonly string[];
  readonly duration_ms: number | null;
  readonly released_on: string | null;
}

export const itemTraits = defineQuery<Record<string, never>, ItemTraitsRow>({
  name: 'item_traits',
  description: 'What units and reports ask about an item, of every item in its latest version; the last id first.',
  grain: 'item',
  sql: `
SELECT
    item_id,
    artist_id,
    album_id,
    CAST(item.tags, 'Array(String)') AS tags,
    duration_ms,
    released_on
FROM item
ORDER BY item_id DESC, updated_at DESC, sequence DESC
LIMIT 1 BY item_id`,
  columns: {
    item_id: 'String',
    artist_id: 'Nullable(String)',
    album_id: 'Nullable(String)',
    tags: 'Array(String)',
    duration_ms: 'Nullable(UInt64)',
    released_on: 'Nullable(String)',
  },
  example: {},
});

type ListColumn = (typeof ITEM_COLUMNS)[number];

/** In the list: as in the catalogue, moments as milliseconds. */
const typeOf = (column: ListColumn): string => (column === 'updated_at' ? 'Int64' : catalogue.columns[column]);

const listed = (column: ListColumn): string => {
  const value = column === 'updated_at' ? 'toUnixTimestamp64Milli(latest.updated_at)' : `latest.${column}`;
  return `CAST(${value}, '${typeOf(column)}')`;
};

/** As lines these are `catalogueLines`. */
export const catalogueLines = defineQuery<Record<string, never>, { added_at: number; item: readonly unknown[] }>({
  name: 'catalogue_lines',
  description: 'Every item in its latest version as the list of its fields, and when its first version came in; by id.',
  grain: 'item',
  sql: `
${LATEST}
SELECT
    toUnixTimestamp64Milli(${ADDED_AT}) AS added_at,
    tuple(
        ${ITEM_COLUMNS.map(listed).join(',\n        ')}) AS item
${FROM_LATEST}`,
  columns: {
    added_at: 'Int64',
    item: `Tuple(${ITEM_COLUMNS.map(typeOf).join(', ')})`,
  },
  example: {},
});
