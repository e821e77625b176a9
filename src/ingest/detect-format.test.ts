import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { detectFormat } from './detect-format.ts';

const file = (name: string, text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'detect-')), name);
  writeFileSync(path, text);
  return path;
};

const SPOTIFY = JSON.stringify([
  {
    ts: '2024-01-02T10:00:00Z',
    ms_played: 180_000,
    spotify_track_uri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC',
    master_metadata_track_name: 'A',
    master_metadata_album_artist_name: 'B',
  },
]);
const LISTEN = JSON.stringify({ listened_at: 1_704_189_600, track_metadata: { track_name: 'A', artist_name: 'B' } });

it.each([
  ['spotify', file('any.json', SPOTIFY)],
  ['listenbrainz', file('1.jsonl', LISTEN)],
  ['lastfm', file('me.csv', 'B,C,A,02 Jan 2024 10:00\nB,C,D,02 Jan 2024 10:04\n')],
  ['plays', file('plays.csv', 'user_id,item_id,at\nada,track:1,2024-01-02T10:00:00Z\n')],
  ['items', file('items.csv', 'item_id,title\ntrack:1,A\n')],
])('tells %s from the content, whatever the file is called', async (format, path) => {
  expect(await detectFormat(path)).toBe(format);
});

it('says so when it is none of them', async () => {
  await expect(detectFormat(file('holiday.txt', 'Dear Ada, the sea is blue.\n'))).rejects.toMatchObject({
    code: 'unknown_format',
  });
});
