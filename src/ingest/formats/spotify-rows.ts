/**
 * Rows of Spotify's exports, by an allow-list of fields: addresses, agents, names and places of people are never read.
 * Both generations of the extended history have one shape here; the basic one-year history names less.
 */

import type { EpochMs, ItemId } from '#domain';
import { fromIsoUtc, fromPlainUtc } from '../import/moments.ts';
import { episodeIdOf, showIdOf } from '../import/recording.ts';
import { flagOf, numberOf, type Row, shown, textOf } from '../import/row-fields.ts';
import { type DropReason, known, type WireItem } from '../import/row-outcome.ts';
import type { TrackIdCache } from '../import/track-ids.ts';
import { trackItem } from '../import/track-item.ts';
import { deviceOf } from './spotify-platform.ts';
import { skippedOf } from './spotify-skipped.ts';
import { type Start, startOf } from './spotify-start.ts';

export interface SpotifyPlay {
  readonly item: WireItem & { readonly item_id: ItemId };
  readonly endedAt: EpochMs;
  readonly msPlayed: number;
  readonly start: Start;
  /** Step of the clock of `endedAt`. */
  readonly precisionMs: number;
  readonly skippedKnown: boolean;
  readonly skippedInferred: boolean;
  /** Fields of the event beside identity and time. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type SpotifyRow =
  | { readonly kind: 'play'; readonly play: SpotifyPlay }
  | { readonly kind: 'dropped'; readonly reason: DropReason }
  | { readonly kind: 'refused'; readonly field: string; readonly reason: string };

const episodeItem = (show: string | undefined, title: string, uri: string | undefined) =>
  known({
    item_id: episodeIdOf(show ?? '', title),
    title,
    artist: show,
    artist_id: show === undefined ? undefined : showIdOf(show),
    external_ids: uri === undefined ? undefined : [uri],
  });

const refuse = (field: string, value: unknown, expected: string): SpotifyRow => ({
  kind: 'refused',
  field,
  reason: `expected ${expected}, got ${shown(value)}`,
});

const LENGTH = 'a whole number of milliseconds, 0 or more';
const isLength = (ms: unknown): ms is number => Number.isInteger(ms) && (ms as number) >= 0;

/** Track, episode or neither. */
const extendedItem = (row: Row, cache: TrackIdCache) => {
  const title = textOf(row, 'master_metadata_track_name');
  const artist = textOf(row, 'master_metadata_album_artist_name');
  if (title !== undefined && artist !== undefined) {
    const album = textOf(row, 'master_metadata_album_album_name');
    const uri = textOf(row, 'spotify_track_uri');
    return trackItem({ artist, title, album, externalIds: uri === undefined ? [] : [uri] }, cache);
  }
  const episode = textOf(row, 'episode_name');
  if (episode === undefined) return null;
  return episodeItem(textOf(row, 'episode_show_name'), episode, textOf(row, 'spotify_episode_uri'));
};

const isAudiobook = (row: Row): boolean =>
  textOf(row, 'audiobook_title') !== undefined ||
  textOf(row, 'audiobook_uri') !== undefined ||
  textOf(row, 'audiobook_chapter_uri') !== undefined;

/** Chosen by the user, or begun because the one before was done; of the other reasons nobody can say. */
const CHOSEN: ReadonlySet<string> = new Set(['clickrow', 'clickside', 'playbtn', 'popup', 'uriopen']);

const userInitiated = (reasonStart: string | undefined): boolean | undefined => {
  if (reasonStart === 'trackdone') return false;
  return reasonStart !== undefined && CHOSEN.has(reasonStart) ? true : undefined;
};

/** A row of the extended streaming history, of any year. */
export const readExtended = (row: Row, cache: TrackIdCache): SpotifyRow => {
  if (row['incognito_mode'] === true) return { kind: 'dropped', reason: 'incognito' };
  const item = extendedItem(row, cache);
  if (item === null) return { kind: 'dropped', reason: isAudiobook(row) ? 'unsupported_audiobook' : 'unnamed' };
  const endedAt = typeof row['ts'] === 'string' ? fromIsoUtc(row['ts']) : null;
  if (endedAt === null) return refuse('ts', row['ts'], 'a time as YYYY-MM-DDThh:mm:ssZ');
  const msPlayed = row['ms_played'];
  if (!isLength(msPlayed)) return refuse('ms_played', msPlayed, LENGTH);
  const reasonStart = textOf(row, 'reason_start');
  const reasonEnd = textOf(row, 'reason_end');
  const offline = flagOf(row, 'offline');
  const { skipped, inferred } = skippedOf(flagOf(row, 'skipped'), endedAt, reasonEnd);
  const fields = known({
    reason_start: reasonStart,
    reason_end: reasonEnd,
    skipped,
    shuffle: flagOf(row, 'shuffle'),
    offline,
    user_initiated: userInitiated(reasonStart),
    device: deviceOf(textOf(row, 'platform')),
    extra: known({ uri: item.external_ids?.[0], country: textOf(row, 'conn_country') }),
  });
  return {
    kind: 'play',
    play: {
      item,
      endedAt,
      msPlayed,
      start: startOf(endedAt, msPlayed, row['offline_timestamp'], offline),
      precisionMs: 1000,
      skippedKnown: skipped !== undefined,
      skippedInferred: inferred,
      fields,
    },
  };
};

const basicItem = (row: Row, cache: TrackIdCache) => {
  const title = textOf(row, 'trackName');
  const artist = textOf(row, 'artistName');
  if (title !== undefined && artist !== undefined) return trackItem({ artist, title }, cache);
  const episode = textOf(row, 'episodeName');
  return episode === undefined ? null : episodeItem(textOf(row, 'podcastName'), episode, undefined);
};

/** A row of the basic one-year history. Its podcasts stand in the track's fields in older exports: they stay tracks. */
export const readBasic = (row: Row, cache: TrackIdCache): SpotifyRow => {
  const item = basicItem(row, cache);
  if (item === null) {
    const book = textOf(row, 'audiobookName') ?? textOf(row, 'chapterName') ?? textOf(row, 'audiobookTitle');
    return { kind: 'dropped', reason: book === undefined ? 'unnamed' : 'unsupported_audiobook' };
  }
  const endedAt = fromPlainUtc(textOf(row, 'endTime') ?? '');
  if (endedAt === null) return refuse('endTime', row['endTime'], 'a time as YYYY-MM-DD hh:mm');
  const msPlayed = numberOf(row, 'msPlayed');
  if (!isLength(msPlayed)) return refuse('msPlayed', row['msPlayed'], LENGTH);
  const start: Start = { at: endedAt - msPlayed, note: undefined };
  const told = { precisionMs: 60_000, skippedKnown: false, skippedInferred: false, fields: {} };
  return { kind: 'play', play: { item, endedAt, msPlayed, start, ...told } };
};
