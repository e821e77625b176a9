/**
 * Plays in a table of any tool: one row a play with its time, or one row a user and item with a count. Without a count
 * column rows become plays; with one they become tallies, dated by their time column or, lacking it, by their file.
 */

import { EngineError, type EpochMs, ITEM_TYPES, type ItemType } from '#domain';
import { type Columns, checkMap } from '../import/column-map.ts';
import type { FormatContext, HistoryFormat, OpenFormat } from '../import/history-format.ts';
import { fromAny } from '../import/moments.ts';
import { albumIdOf, artistIdOf, recordingIdOf } from '../import/recording.ts';
import { numberOf, type Row, shown, textOf } from '../import/row-fields.ts';
import { dropped, known, type RowOutcome, refused, type WireItem } from '../import/row-outcome.ts';
import { selectFiles } from '../import/select-files.ts';
import type { SourceFile } from '../import/source-file.ts';
import { stableId } from '../import/stable-id.ts';
import { TABLE_FILE, tableRows } from '../import/table-rows.ts';
import { booleanOf, idText } from './table-cells.ts';

export const PLAYS_FIELDS = [
  'user_id',
  'item_id',
  'at',
  'plays',
  'ms_played',
  'duration_ms',
  'title',
  'artist',
  'album',
  'event_id',
  'skipped',
  'shuffle',
  'offline',
  'user_initiated',
  'reason_start',
  'reason_end',
  'source',
  'device',
  'session_id',
  'time_zone',
  'utc_offset_min',
] as const;

const ITEM_ID = new RegExp(`^(?:${ITEM_TYPES.join('|')}):.`, 's');

/** An id that lacks its type gets one. */
export const withType = (id: string, type: ItemType): string => (ITEM_ID.test(id) ? id : `${type}:${id}`);

const checkColumns = (columns: Columns, found: readonly string[], file: string): void => {
  const names = found
    .slice(0, 30)
    .map((name) => name.slice(0, 60))
    .join(', ');
  const lack = (what: string): never => {
    const reason = `${file} lacks ${what}: map it with column=field; its columns are ${names}`;
    throw new EngineError('unreadable_file', reason);
  };
  if (!columns.has('item_id') && !(columns.has('title') && columns.has('artist'))) lack('item_id, or title and artist');
  if (!columns.has('at') && !columns.has('plays')) lack('at (when it was played) or plays (how often)');
};

/** The item a row names, and what the row tells of it. */
const readItem = (
  row: Row,
  context: FormatContext,
): { readonly id: string; readonly item: WireItem | undefined } | null => {
  const title = textOf(row, 'title');
  const artist = textOf(row, 'artist');
  const given = idText(row['item_id']);
  if (given === undefined && (title === undefined || artist === undefined)) return null;
  const id = given === undefined ? recordingIdOf(artist!, title!) : withType(given, context.itemType);
  if (title === undefined) return { id, item: undefined };
  const album = textOf(row, 'album');
  const item = known({
    item_id: id,
    title,
    artist,
    artist_id: artist === undefined ? undefined : artistIdOf(artist),
    album,
    album_id: album === undefined || artist === undefined ? undefined : albumIdOf(artist, album),
    duration_ms: numberOf(row, 'duration_ms'),
  });
  return { id, item };
};

interface Told {
  readonly row: Row;
  readonly userId: string;
  readonly id: string;
  readonly at: EpochMs;
  readonly timeZone: string | undefined;
}

const tallyWire = ({ row, userId, id, at, timeZone }: Told) => ({
  type: 'tally' as const,
  // The file's own date is no part of it: a copy of the file has another.
  event_id:
    textOf(row, 'event_id') ??
    stableId('plays', 'tally', userId, id, String(row['plays']), row['at'] === undefined ? '' : at),
  user_id: userId,
  at,
  item_id: id,
  ...known({ plays: numberOf(row, 'plays') ?? row['plays'], time_zone: textOf(row, 'time_zone') ?? timeZone }),
});

const playWire = ({ row, userId, id, at, timeZone }: Told) => ({
  type: 'play' as const,
  event_id: textOf(row, 'event_id') ?? stableId('plays', userId, id, at, numberOf(row, 'ms_played') ?? ''),
  user_id: userId,
  at,
  item_id: id,
  ...known({
    ms_played: row['ms_played'] === undefined ? undefined : (numberOf(row, 'ms_played') ?? row['ms_played']),
    duration_ms: row['duration_ms'] === undefined ? undefined : (numberOf(row, 'duration_ms') ?? row['duration_ms']),
    skipped: booleanOf(row['skipped']),
    shuffle: booleanOf(row['shuffle']),
    offline: booleanOf(row['offline']),
    user_initiated: booleanOf(row['user_initiated']),
    reason_start: textOf(row, 'reason_start'),
    reason_end: textOf(row, 'reason_end'),
    source: textOf(row, 'source'),
    device: textOf(row, 'device'),
    session_id: idText(row['session_id']),
    time_zone: textOf(row, 'time_zone') ?? timeZone,
    utc_offset_min: numberOf(row, 'utc_offset_min'),
  }),
});

/** When the row says it was; of a count without a time, when its file was written. */
const momentOf = (row: Row, columns: Columns, fileTime: EpochMs): EpochMs | RowOutcome => {
  if (row['at'] === undefined) {
    if (row['plays'] !== undefined) return fileTime;
    return columns.has('at') ? dropped('no_time') : refused('plays', 'expected how often it was played, got nothing');
  }
  return fromAny(row['at']) ?? refused('at', `expected epoch time or ISO 8601, got ${shown(row['at'])}`);
};

export const openPlays: OpenFormat = (context: FormatContext): HistoryFormat => {
  const map = checkMap(context.map, PLAYS_FIELDS, 'plays');

  const read = (row: Row, columns: Columns, fileTime: EpochMs): RowOutcome => {
    const named = readItem(row, context);
    if (named === null) return dropped('unnamed');
    const userId = idText(row['user_id']) ?? (columns.has('user_id') ? undefined : context.userId);
    if (userId === undefined) return refused('user_id', 'expected an id, got nothing');
    const at = momentOf(row, columns, fileTime);
    if (typeof at !== 'number') return at;
    const told: Told = { row, userId, id: named.id, at, timeZone: context.timeZone };
    const counted = row['plays'] !== undefined;
    return {
      kind: 'event',
      wire: counted ? tallyWire(told) : playWire(told),
      ...(named.item !== undefined && { item: named.item }),
      ...(counted && row['at'] === undefined && { notes: ['tally_at_file_time'] as const }),
    };
  };

  return {
    select: async (files) =>
      selectFiles(files, ({ name }) => TABLE_FILE.test(name), { context, expected: 'CSV, TSV, NDJSON or Parquet' }),
    async *rows(file: SourceFile) {
      let columns: Columns = new Map();
      const check = (matched: Columns, found: readonly string[]) => {
        checkColumns(matched, found, file.name);
        columns = matched;
      };
      for await (const rows of tableRows(file, { fields: PLAYS_FIELDS, map, check }, context)) {
        yield rows.map((row) => (row.ok ? read(row.value, columns, file.modifiedAt) : refused('', row.reason)));
      }
    },
  };
};
