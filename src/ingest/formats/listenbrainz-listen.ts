/** One listen of ListenBrainz, by an allow-list: of the submitter's additional fields only those that name the music. */

import type { EpochMs } from '#domain';
import { fromAny } from '../import/moments.ts';
import { numberOf, type Row, rowOf, textOf } from '../import/row-fields.ts';
import type { TrackIdCache } from '../import/track-ids.ts';
import { type TrackItem, trackItem } from '../import/track-item.ts';

export interface Listen {
  /** When it began. */
  readonly at: EpochMs | null;
  readonly item: TrackItem;
  /** What ListenBrainz itself calls the submitted names; undefined in old rows. */
  readonly msid: string | undefined;
  /** Ids by which feedback may name this recording. */
  readonly recordingIds: readonly string[];
  readonly durationMs: number | undefined;
  readonly app: string | undefined;
  readonly musicService: string | undefined;
}

const SPOTIFY_TRACK = /open\.spotify\.com\/(?:[a-z-]+\/)?track\/([0-9A-Za-z]{22})/;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const uuidOf = (row: Row, field: string): string | undefined => {
  const id = textOf(row, field)?.toLowerCase();
  return id !== undefined && UUID.test(id) ? id : undefined;
};

/** Milliseconds, or seconds under the other name; zero means that the player did not know. */
const durationOf = (info: Row): number | undefined => {
  const seconds = numberOf(info, 'duration');
  const ms = numberOf(info, 'duration_ms') ?? (seconds === undefined ? undefined : seconds * 1000);
  return ms !== undefined && ms > 0 ? Math.round(ms) : undefined;
};

const spotifyUri = (info: Row): string | undefined => {
  const track = SPOTIFY_TRACK.exec(textOf(info, 'spotify_id') ?? '')?.[1];
  return track === undefined ? undefined : `spotify:track:${track}`;
};

const prefixed = (prefix: string, id: string | undefined): string[] => (id === undefined ? [] : [prefix + id]);

/** Null when the row names no track. The recording is named by what was submitted: the mapping may come and go. */
export const readListen = (row: Row, cache: TrackIdCache): Listen | null => {
  const track = rowOf(row, 'track_metadata');
  const title = textOf(track, 'track_name');
  const artist = textOf(track, 'artist_name');
  if (title === undefined || artist === undefined) return null;
  const info = rowOf(track, 'additional_info');
  const mapping = rowOf(track, 'mbid_mapping');
  const msid = uuidOf(row, 'recording_msid') ?? uuidOf(track, 'recording_msid') ?? uuidOf(info, 'recording_msid');
  const mbids = [uuidOf(mapping, 'recording_mbid'), uuidOf(info, 'recording_mbid')].filter((id) => id !== undefined);
  const names = [
    ...new Set(mbids.map((id) => `musicbrainz:recording:${id}`)),
    ...prefixed('isrc:', textOf(info, 'isrc')),
    ...prefixed('', spotifyUri(info)),
  ];
  const durationMs = durationOf(info);
  return {
    at: fromAny(row['listened_at']),
    item: trackItem({ artist, title, album: textOf(track, 'release_name'), durationMs, externalIds: names }, cache),
    msid,
    recordingIds: [...prefixed('', msid), ...mbids],
    durationMs,
    app: textOf(info, 'media_player') ?? textOf(info, 'submission_client'),
    musicService: textOf(info, 'music_service') ?? textOf(info, 'music_service_name'),
  };
};
