/**
 * Spotify: the extended streaming history (`Streaming_History_*.json`, older `endsong_*.json`) and the basic one of a
 * year (`StreamingHistory*.json`), as zip, folder or single file.
 *
 * An event's id is made of user, recording, minute of the end and length: so the same play is known again in another
 * export, of either generation and also of the basic kind, which writes minutes only.
 */

import type { EpochMs } from '#domain';
import type { FormatContext, HistoryFormat, OpenFormat } from '../import/history-format.ts';
import { fieldNames, isRow } from '../import/row-fields.ts';
import { dropped, known, type RowNote, type RowOutcome, refused } from '../import/row-outcome.ts';
import { SeenPlays } from '../import/seen-plays.ts';
import { selectFiles } from '../import/select-files.ts';
import { baseName, type SourceFile, unreadable } from '../import/source-file.ts';
import { stableId } from '../import/stable-id.ts';
import { jsonListRows, type ParsedRow } from '../import/text-rows.ts';
import { TrackIdCache } from '../import/track-ids.ts';
import { readBasic, readExtended, type SpotifyPlay } from './spotify-rows.ts';

const HISTORY_FILE = /^(?:endsong|endvideo|streaming_?history).*\.json$/i;
const MINUTE_MS = 60_000;

/** The row before, to tell overlaps; files do not follow each other in time, so each begins anew. */
interface FileProgress {
  lastEnd: EpochMs | null;
}

const overlapNote = (play: SpotifyPlay, progress: FileProgress): RowNote | null => {
  const before = progress.lastEnd;
  progress.lastEnd = play.endedAt;
  if (before === null) return null;
  if (before > play.endedAt) return 'out_of_order';
  return play.endedAt - play.msPlayed < before - 1000 && play.precisionMs <= 1000 ? 'overlapping' : null;
};

const notesOf = (play: SpotifyPlay, progress: FileProgress): readonly RowNote[] => {
  const notes: RowNote[] = [];
  const overlap = overlapNote(play, progress);
  if (overlap !== null) notes.push(overlap);
  if (play.start.note !== undefined) notes.push(play.start.note);
  if (play.skippedInferred) notes.push('skipped_inferred');
  if (!play.skippedKnown) notes.push('skipped_unknown');
  if (play.precisionMs > 1000) notes.push('minute_precision');
  return notes;
};

const isHistory = (row: ParsedRow): boolean =>
  row.ok && isRow(row.value) && ('ts' in row.value || 'endTime' in row.value);

const checkHistory = (rows: readonly ParsedRow[], file: SourceFile): void => {
  const values = rows.flatMap((row) => (row.ok ? [row.value] : []));
  if (values.length === 0 || rows.some(isHistory)) return;
  throw unreadable(`${file.name} is no Spotify history: expected rows with ts or endTime, found ${fieldNames(values)}`);
};

const readRow = (row: ParsedRow, cache: TrackIdCache) => {
  if (!row.ok) return { kind: 'refused', field: '', reason: row.reason } as const;
  if (!isRow(row.value)) return { kind: 'refused', field: '', reason: 'expected an object' } as const;
  return 'ts' in row.value || !('endTime' in row.value) ? readExtended(row.value, cache) : readBasic(row.value, cache);
};

export const openSpotify: OpenFormat = (context: FormatContext): HistoryFormat => {
  const seen = new SeenPlays();
  const cache = new TrackIdCache();
  const { userId, timeZone } = context;

  const toEvent = (play: SpotifyPlay, progress: FileProgress): RowOutcome => {
    const { item, endedAt, msPlayed, precisionMs } = play;
    const sight = seen.see({ key: item.item_id, at: endedAt, msPlayed, precisionMs });
    if (sight.kind !== 'new') return dropped(sight.kind);
    const minute = Math.floor(endedAt / MINUTE_MS);
    return {
      kind: 'event',
      wire: {
        type: 'play',
        event_id: stableId('spotify', userId, item.item_id, minute, msPlayed, sight.nth),
        user_id: userId,
        at: play.start.at,
        item_id: item.item_id,
        ms_played: msPlayed,
        ...known({ time_zone: timeZone }),
        ...play.fields,
      },
      item,
      notes: notesOf(play, progress),
    };
  };

  const read = (row: ParsedRow, progress: FileProgress): RowOutcome => {
    const found = readRow(row, cache);
    if (found.kind === 'refused') return refused(found.field, found.reason);
    return found.kind === 'dropped' ? found : toEvent(found.play, progress);
  };

  return {
    select: async (files) =>
      selectFiles(files, (file) => HISTORY_FILE.test(baseName(file.name)), {
        context,
        expected: 'Streaming_History_*.json, endsong_*.json or StreamingHistory*.json',
      }),
    async *rows(file) {
      const progress: FileProgress = { lastEnd: null };
      let first = true;
      for await (const rows of jsonListRows(context.text(file))) {
        if (first) checkHistory(rows, file);
        first = false;
        yield rows.map((row) => read(row, progress));
      }
    },
  };
};
