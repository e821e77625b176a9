/** A catalogue in a table: one row an item. Columns that are not mapped and not named like a field are left out. */

import { EngineError } from '#domain';
import { type Columns, checkMap } from '../import/column-map.ts';
import type { FormatContext, HistoryFormat, OpenFormat } from '../import/history-format.ts';
import { albumIdOf, artistIdOf } from '../import/recording.ts';
import type { Row } from '../import/row-fields.ts';
import { known, type RowOutcome, refused, type WireItem } from '../import/row-outcome.ts';
import { selectFiles } from '../import/select-files.ts';
import { TABLE_FILE, tableRows } from '../import/table-rows.ts';
import { withType } from './plays.ts';
import { booleanOf, dayOf, idText, listOf, numeric } from './table-cells.ts';

export const ITEMS_FIELDS = [
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
] as const;

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

/** Ids of artists and albums carry their type too. */
const typed = (value: unknown, type: 'artist' | 'album'): string | undefined => {
  const id = idText(value);
  return id === undefined ? undefined : withType(id, type);
};

const albumIdFrom = (artist: unknown, album: unknown): string | undefined =>
  typeof artist === 'string' && typeof album === 'string' ? albumIdOf(artist, album) : undefined;

const readItem = (row: Row, context: FormatContext): RowOutcome => {
  const id = idText(row['item_id']);
  if (id === undefined) return refused('item_id', 'expected an id, got nothing');
  const artist = trimmed(row['artist']);
  const album = trimmed(row['album']);
  const item = known({
    item_id: withType(id, context.itemType),
    title: trimmed(row['title']),
    artist,
    artist_id: typed(row['artist_id'], 'artist') ?? (typeof artist === 'string' ? artistIdOf(artist) : undefined),
    album,
    album_id: typed(row['album_id'], 'album') ?? albumIdFrom(artist, album),
    tags: listOf(row['tags']),
    duration_ms: numeric(row['duration_ms']),
    released_on: dayOf(row['released_on']),
    explicit: booleanOf(row['explicit']),
    audio_url: trimmed(row['audio_url']),
    image_url: trimmed(row['image_url']),
    external_ids: listOf(row['external_ids']),
    available: booleanOf(row['available']),
  });
  return { kind: 'item', wire: item as WireItem };
};

export const openItems: OpenFormat = (context: FormatContext): HistoryFormat => {
  const map = checkMap(context.map, ITEMS_FIELDS, 'items');
  return {
    select: async (files) =>
      selectFiles(files, ({ name }) => TABLE_FILE.test(name), { context, expected: 'CSV, TSV, NDJSON or Parquet' }),
    async *rows(file) {
      const check = (columns: Columns, found: readonly string[]): void => {
        const lacks = ['item_id', 'title'].filter((field) => !columns.has(field));
        if (lacks.length === 0) return;
        const names = found
          .slice(0, 30)
          .map((name) => name.slice(0, 60))
          .join(', ');
        const reason = `${file.name} lacks ${lacks.join(' and ')}: map it with column=field; its columns are ${names}`;
        throw new EngineError('unreadable_file', reason);
      };
      for await (const rows of tableRows(file, { fields: ITEMS_FIELDS, map, check }, context)) {
        yield rows.map((row) => (row.ok ? readItem(row.value, context) : refused('', row.reason)));
      }
    },
  };
};
