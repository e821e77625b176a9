/**
 * The layouts in which third-party tools write a Last.fm history. Last.fm itself has no export, so there is no standard:
 * which one a file has is told from its first rows. All times are UTC as far as anybody says.
 */

import type { EpochMs } from '#domain';
import { fromAny, fromDayName, fromIsoUtc, fromPlainUtc } from '../import/moments.ts';

export interface Scrobble {
  /** Null when the row has no time, as the track that was playing during the export. */
  readonly at: EpochMs | null;
  readonly timeText: string;
  readonly artist: string;
  readonly title: string;
  readonly album?: string | undefined;
  readonly artistMbid?: string | undefined;
  readonly trackMbid?: string | undefined;
  /** Only where one file holds many users. */
  readonly user?: string | undefined;
}

export interface Layout {
  readonly name: string;
  readonly delimiter: ',' | ';' | '\t';
  /** The first row names the columns. */
  readonly header: boolean;
  /** Columns of a row; others are refused. */
  readonly columns: number;
  readonly precisionMs: number;
  /** The tool does not say whose clock it wrote. */
  readonly zoneUnstated: boolean;
  read(record: readonly string[]): Scrobble;
}

const cell = (record: readonly string[], index: number): string => record[index]?.trim() ?? '';

/** `artist,album,track,"DD MMM YYYY HH:mm"` (benjaminbenben's lastfm-to-csv). */
const LASTFM_TO_CSV: Layout = {
  name: 'lastfm-to-csv',
  delimiter: ',',
  header: false,
  columns: 4,
  precisionMs: 60_000,
  zoneUnstated: false,
  read: (record) => ({
    artist: cell(record, 0),
    album: cell(record, 1) || undefined,
    title: cell(record, 2),
    timeText: cell(record, 3),
    at: fromDayName(cell(record, 3)),
  }),
};

/** `YYYY-MM-DD,HH:MM:SS,artist,title` (lastfm-backup-cli). */
const BACKUP_CLI: Layout = {
  name: 'lastfm-backup-cli',
  delimiter: ',',
  header: false,
  columns: 4,
  precisionMs: 1000,
  zoneUnstated: true,
  read: (record) => {
    const timeText = `${cell(record, 0)} ${cell(record, 1)}`.trim();
    return { artist: cell(record, 2), title: cell(record, 3), timeText, at: fromPlainUtc(timeText) };
  },
};

/** `userid, timestamp, artist mbid, artist, track mbid, track`, tabs (Last.fm 1K research data). */
const RESEARCH_1K: Layout = {
  name: 'lastfm-1k',
  delimiter: '\t',
  header: false,
  columns: 6,
  precisionMs: 1000,
  zoneUnstated: false,
  read: (record) => ({
    user: cell(record, 0),
    timeText: cell(record, 1),
    at: fromIsoUtc(cell(record, 1)),
    artistMbid: cell(record, 2) || undefined,
    artist: cell(record, 3),
    trackMbid: cell(record, 4) || undefined,
    title: cell(record, 5),
  }),
};

/** A header with `Date#<user>` in epoch milliseconds (lastfmstats.com), or `uts` in epoch seconds. The user's name is not kept. */
const withHeader = (header: readonly string[], delimiter: Layout['delimiter']): Layout | null => {
  const names = header.map((name) => name.trim().toLowerCase());
  const column = (wanted: (name: string) => boolean): number => names.findIndex(wanted);
  const time = column((name) => /^date(?:#|$)/.test(name) || name === 'uts');
  const artist = column((name) => name === 'artist');
  const track = column((name) => name === 'track');
  if (time < 0 || artist < 0 || track < 0) return null;
  const album = column((name) => name === 'album');
  return {
    name: 'lastfmstats',
    delimiter,
    header: true,
    columns: names.length,
    precisionMs: 1000,
    zoneUnstated: false,
    read: (record) => ({
      artist: cell(record, artist),
      title: cell(record, track),
      album: cell(record, album) || undefined,
      timeText: cell(record, time),
      at: fromAny(cell(record, time)),
    }),
  };
};

/** The layout of rows cut at this delimiter, or null. Several rows are asked: the first may be a track still playing. */
export const layoutOf = (records: readonly (readonly string[])[], delimiter: Layout['delimiter']): Layout | null => {
  const [first] = records;
  if (first === undefined) return null;
  const named = withHeader(first, delimiter);
  if (named !== null) return named;
  const some = (columns: number, fits: (record: readonly string[]) => boolean): boolean =>
    records.some((record) => record.length === columns && fits(record));
  if (delimiter === '\t') return some(6, (r) => fromIsoUtc(cell(r, 1)) !== null) ? RESEARCH_1K : null;
  if (delimiter !== ',') return null;
  if (some(4, (r) => fromDayName(cell(r, 3)) !== null)) return LASTFM_TO_CSV;
  return some(4, (r) => fromPlainUtc(`${cell(r, 0)} ${cell(r, 1)}`) !== null) ? BACKUP_CLI : null;
};
