/** A long listening history as Spotify exports it: files of about 10 MiB, rows of the extended streaming history. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE_BYTES = 10 * 2 ** 20;
/** 2012-01-01T00:00Z. */
const FIRST_MS = 1_325_376_000_000;

/** A few recordings are played often, most hardly ever. */
const recordingAt = (row: number, recordings: number): number =>
  Math.floor(recordings * (((row * 2_654_435_761) % 4_294_967_296) / 4_294_967_296) ** 2);

const spotifyRow = (row: number, at: number, msPlayed: number, recordings: number): object => {
  const n = recordingAt(row, recordings);
  return {
    ts: `${new Date(at).toISOString().slice(0, 19)}Z`,
    platform: 'android',
    ms_played: msPlayed,
    conn_country: 'DE',
    ip_addr: '198.51.100.23',
    master_metadata_track_name: `A song with a name of usual length ${n}`,
    master_metadata_album_artist_name: `Artist Number ${n % 20_000}`,
    master_metadata_album_album_name: `An album title ${n % 60_000}`,
    spotify_track_uri: `spotify:track:${String(n + (row % 5 === 0 ? 1e9 : 0)).padStart(22, '0')}`,
    episode_name: null,
    episode_show_name: null,
    spotify_episode_uri: null,
    audiobook_title: null,
    audiobook_uri: null,
    audiobook_chapter_uri: null,
    audiobook_chapter_title: null,
    reason_start: 'trackdone',
    reason_end: row % 4 === 0 ? 'fwdbtn' : 'trackdone',
    shuffle: row % 2 === 0,
    skipped: row % 4 === 0,
    offline: false,
    offline_timestamp: null,
    incognito_mode: false,
  };
};

/** Writes whole files until the size is reached. */
export const writeSpotifyHistory = (folder: string, mebibytes: number, recordings: number): void => {
  let written = 0;
  let row = 0;
  let at = FIRST_MS;
  for (let file = 0; written < mebibytes * 2 ** 20; file++) {
    const rows: string[] = [];
    for (let bytes = 0; bytes < FILE_BYTES; row++) {
      const msPlayed = row % 4 === 0 ? 5000 + (row % 9000) : 150_000 + ((row * 7919) % 120_000);
      at += msPlayed + 1000;
      const text = JSON.stringify(spotifyRow(row, at, msPlayed, recordings), null, 2);
      rows.push(text);
      bytes += text.length;
    }
    const text = `[${rows.join(',')}]`;
    writeFileSync(join(folder, `Streaming_History_Audio_${file}.json`), text);
    written += text.length;
  }
};
