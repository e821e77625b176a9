/**
 * Last.fm: what third-party tools export, as CSV or TSV in the layouts of `lastfm-layouts`. Lists plays only: no length
 * played, no skips. An event's id is made of user, recording and minute, so that the tools' files know each other's plays.
 */

import { parse } from 'csv-parse/sync';
import type { FormatContext, HistoryFormat, OpenFormat } from '../import/history-format.ts';
import { dropped, known, type RowNote, type RowOutcome, refused } from '../import/row-outcome.ts';
import { SeenPlays } from '../import/seen-plays.ts';
import { selectFiles } from '../import/select-files.ts';
import { baseName, describeContent, peek, type SourceFile, unreadable } from '../import/source-file.ts';
import { stableId } from '../import/stable-id.ts';
import { csvOptions, csvRows, type ParsedRow } from '../import/text-rows.ts';
import { TrackIdCache } from '../import/track-ids.ts';
import { trackItem } from '../import/track-item.ts';
import { type Layout, layoutOf, type Scrobble } from './lastfm-layouts.ts';

const TABLE_FILE = /\.(?:csv|tsv|txt)$/i;
/** Stands beside the 1K research data and describes its users. */
const PROFILES = /userid-profile/i;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const HEAD_BYTES = 64 * 1024;
const DELIMITERS = ['\t', ';', ','] as const;

/** First rows of a piece of a file, line by line: a line that is cut or damaged says nothing, and the others do. */
const firstRecords = (head: string, delimiter: Layout['delimiter']): readonly (readonly string[])[] =>
  head
    .split(/\r?\n/)
    .slice(0, 50)
    .flatMap((line) => {
      try {
        return parse(line, csvOptions(delimiter)) as string[][];
      } catch {
        return [];
      }
    });

const detect = async (file: SourceFile): Promise<Layout> => {
  const head = await peek(file, HEAD_BYTES);
  const text = head.toString('utf8').replace(/^\ufeff/, '');
  for (const delimiter of DELIMITERS) {
    const layout = layoutOf(firstRecords(text, delimiter), delimiter);
    if (layout !== null) return layout;
  }
  const content = describeContent(head);
  if (content !== 'plain text') throw unreadable(`${file.name} is no Last.fm history: found ${content}`);
  const columns = DELIMITERS.map((delimiter) => firstRecords(text, delimiter)[0]?.length ?? 0);
  throw unreadable(
    `${file.name} has none of the known Last.fm layouts: its first row has ${Math.max(...columns)} columns, and no time where one of them has it`,
  );
};

const namesElsewhere = ({ trackMbid }: Scrobble): readonly string[] =>
  trackMbid === undefined ? [] : [`musicbrainz:recording:${trackMbid.toLowerCase()}`];

const notesOf = (layout: Layout): readonly RowNote[] => {
  const notes: RowNote[] = [];
  if (layout.precisionMs > 1000) notes.push('minute_precision');
  if (layout.zoneUnstated) notes.push('assumed_utc');
  return notes;
};

export const openLastfm: OpenFormat = (context: FormatContext): HistoryFormat => {
  const seen = new SeenPlays();
  const cache = new TrackIdCache();

  const toEvent = (scrobble: Scrobble, layout: Layout): RowOutcome => {
    const { at, artist, title, timeText } = scrobble;
    if (artist === '' || title === '') return dropped('unnamed');
    if (timeText === '') return dropped('no_time');
    if (at === null) return refused('at', `expected a time as ${layout.name} writes it`);
    // Last.fm dates plays whose time it never learned 1 January 1970.
    if (at < DAY_MS) return dropped('no_time');
    const item = trackItem({ artist, title, album: scrobble.album, externalIds: namesElsewhere(scrobble) }, cache);
    const userId = scrobble.user || context.userId;
    const sight = seen.see({ key: `${userId} ${item.item_id}`, at, msPlayed: 0, precisionMs: layout.precisionMs });
    if (sight.kind !== 'new') return dropped(sight.kind);
    return {
      kind: 'event',
      wire: {
        type: 'play',
        event_id: stableId('lastfm', userId, item.item_id, Math.floor(at / MINUTE_MS), sight.nth),
        user_id: userId,
        at,
        item_id: item.item_id,
        ...known({ time_zone: context.timeZone }),
      },
      item,
      notes: notesOf(layout),
    };
  };

  const read = (row: ParsedRow<readonly string[]>, layout: Layout): RowOutcome => {
    if (!row.ok) return refused('', row.reason);
    if (row.value.length === layout.columns) return toEvent(layout.read(row.value), layout);
    return refused('', `expected ${layout.columns} columns, got ${row.value.length}`);
  };

  return {
    select: async (files) =>
      selectFiles(files, ({ name }) => TABLE_FILE.test(name) && !PROFILES.test(baseName(name)), {
        context,
        expected: 'a .csv, .tsv or .txt file',
      }),
    async *rows(file) {
      const layout = await detect(file);
      let header = layout.header;
      for await (const rows of csvRows(context.text(file), layout.delimiter)) {
        const body = header ? rows.slice(1) : rows;
        header = false;
        yield body.map((row) => read(row, layout));
      }
    },
  };
};
