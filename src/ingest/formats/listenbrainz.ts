/**
 * ListenBrainz: the export archive (listens by month, feedback, pins) as zip or folder, or one file of listens, as
 * lines or as one JSON list. `listened_at` is the start of the play. The service's own rule of 30 seconds is not
 * applied: what was cut short is known here as well.
 */

import type { FormatContext, HistoryFormat, OpenFormat } from '../import/history-format.ts';
import { fieldNames, isRow, type Row, shown } from '../import/row-fields.ts';
import { dropped, known, type RowOutcome, refused } from '../import/row-outcome.ts';
import { SeenPlays } from '../import/seen-plays.ts';
import { selectFiles } from '../import/select-files.ts';
import { baseName, peek, type SourceFile, unreadable } from '../import/source-file.ts';
import { stableId } from '../import/stable-id.ts';
import { jsonLineRows, jsonListRows, type ParsedRow } from '../import/text-rows.ts';
import { TrackIdCache } from '../import/track-ids.ts';
import { Feedback } from './listenbrainz-feedback.ts';
import { readListen } from './listenbrainz-listen.ts';

type Part = 'listens' | 'feedback' | 'pins';

const LISTENS = /(?:^|\/)listens\/(?:.*\/)?[^/]+\.jsonl$/i;

const partOf = (file: SourceFile): Part | null => {
  const name = baseName(file.name).toLowerCase();
  if (name === 'feedback.jsonl') return 'feedback';
  if (name === 'pinned_recording.jsonl') return 'pins';
  return LISTENS.test(file.name) ? 'listens' : null;
};

/** What a row is made of tells what it is, where the file's name does not. */
const EXPECTED_FIELDS: Readonly<Record<Part, readonly string[]>> = {
  listens: ['listened_at', 'track_metadata'],
  feedback: ['score'],
  pins: ['blurb_content', 'pinned_until', 'recording_msid', 'recording_mbid'],
};

const checkRows = (rows: readonly ParsedRow[], part: Part, file: SourceFile): void => {
  const values = rows.flatMap((row) => (row.ok ? [row.value] : []));
  const fields = EXPECTED_FIELDS[part];
  const fits = (value: unknown) => isRow(value) && fields.some((field) => field in value);
  if (values.some(fits) || (values.length === 0 && rows.length === 0)) return;
  const found = values.length === 0 ? 'lines that are no JSON' : fieldNames(values);
  throw unreadable(`${file.name} is no list of ListenBrainz ${part}: expected ${fields.join(', ')}, found ${found}`);
};

const PART_ORDER: readonly Part[] = ['listens', 'feedback', 'pins'];

export const openListenBrainz: OpenFormat = (context: FormatContext): HistoryFormat => {
  const seen = new SeenPlays();
  const feedback = new Feedback();
  const cache = new TrackIdCache();
  const { userId, timeZone } = context;

  const parsed = async function* (file: SourceFile): AsyncGenerator<readonly ParsedRow[]> {
    const head = await peek(file, 4096);
    const isList = head
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .trimStart()
      .startsWith('[');
    yield* isList ? jsonListRows(context.text(file)) : jsonLineRows(context.text(file));
  };

  const listen = (row: Row): RowOutcome => {
    const found = readListen(row, cache);
    if (found === null) return dropped('unnamed');
    const { at, item, msid, durationMs, app, musicService } = found;
    if (at === null) {
      return row['listened_at'] == null
        ? dropped('no_time')
        : refused('listened_at', `expected epoch seconds, got ${shown(row['listened_at'])}`);
    }
    feedback.meet(found.recordingIds, item.item_id);
    const name = msid ?? item.item_id;
    // Without a length nothing overlaps: only the exact listen is a duplicate.
    const sight = seen.see({ key: name, at, msPlayed: 0, precisionMs: 1000 });
    if (sight.kind !== 'new') return dropped(sight.kind);
    return {
      kind: 'event',
      wire: {
        type: 'play',
        event_id: stableId('listenbrainz', userId, Math.floor(at / 1000), name),
        user_id: userId,
        at,
        item_id: item.item_id,
        ...known({ time_zone: timeZone, duration_ms: durationMs, app }),
        ...(musicService !== undefined && { extra: { music_service: musicService } }),
      },
      item,
    };
  };

  const readers: Readonly<Record<Part, (row: Row) => RowOutcome>> = {
    listens: listen,
    feedback: (row) => feedback.read(row, userId, timeZone),
    pins: () => dropped('pinned_recording'),
  };

  const read = (row: ParsedRow, part: Part): RowOutcome => {
    if (!row.ok) return refused('', row.reason);
    return isRow(row.value) ? readers[part](row.value) : refused('', 'expected an object');
  };

  const collectFeedback = async (file: SourceFile): Promise<void> => {
    for await (const rows of jsonLineRows(context.unmetered(file))) {
      for (const row of rows) if (row.ok && isRow(row.value)) feedback.want(row.value);
    }
  };

  return {
    async select(files) {
      const wanted = (file: SourceFile) => partOf(file) !== null;
      const chosen = selectFiles(files, wanted, { context, expected: 'listens/<year>/<month>.jsonl' });
      for (const file of chosen) if (partOf(file) === 'feedback') await collectFeedback(file);
      const order = (file: SourceFile) => PART_ORDER.indexOf(partOf(file) ?? 'listens');
      return chosen.toSorted((a, b) => order(a) - order(b));
    },
    async *rows(file) {
      const part = partOf(file) ?? 'listens';
      let first = true;
      for await (const rows of parsed(file)) {
        if (first) checkRows(rows, part, file);
        first = false;
        yield rows.map((row) => read(row, part));
      }
    },
  };
};
