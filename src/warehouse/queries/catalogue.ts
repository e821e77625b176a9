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

export const catalogue = defineQuery<Record<string, never>, CatalogueRow>({
  name: 'catalogue',
  description: 'Every item in its latest version, also the ones that are not available, by id.',
  grain: 'item',
  // argMax leaves out null values; inside a tuple a null counts, so that a field can become unknown again.
  sql: `
WITH
latest AS
(
    SELECT
        item_id,
        argMax(
            (type, title, artist, artist_id, album, album_id, tags, duration_ms, released_on, explicit, audio_url,
            image_url, external_ids, available, updated_at, extra),
            (updated_at, sequence)) AS version,
        min(item.updated_at) AS added_at
    FROM item
    GROUP BY item_id
)
SELECT
    item_id,
    version.1 AS type,
    version.2 AS title,
    version.3 AS artist,
    version.4 AS artist_id,
    version.5 AS album,
    version.6 AS album_id,
    version.7 AS tags,
    version.8 AS duration_ms,
    version.9 AS released_on,
    version.10 AS explicit,
    version.11 AS audio_url,
    version.12 AS image_url,
    version.13 AS external_ids,
    version.14 AS available,
    version.15 AS updated_at,
    version.16 AS extra,
    added_at
FROM latest
ORDER BY item_id`,
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
