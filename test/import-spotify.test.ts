import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventOf } from '#domain';
import { memoryIntake } from './fixtures/exports/memory-intake.ts';
import { accountedFor, type ImportRun, importFile, runImport, withFiles } from './fixtures/exports/run-import.ts';
import {
  basicRow,
  newRow,
  oldRow,
  PERSONAL,
  SPOTIFY_EXPECTED,
  spotifyEntries,
  spotifyZip,
} from './fixtures/exports/spotify-export.ts';

const importZip = async (intake = memoryIntake()): Promise<ImportRun> =>
  importFile('spotify', 'my_spotify_data.zip', await spotifyZip(), {}, intake);

const playsOf = ({ intake }: ImportRun): EventOf<'play'>[] => intake.events.filter((event) => event.kind === 'play');

const rows = (...list: unknown[]): string => JSON.stringify(list);

const summary = ({ report }: ImportRun) => {
  const { files, rows, taken, dropped, noted, deadLetters, items } = report;
  return { files, rows, taken, dropped, noted, deadLetters: deadLetters.count, items };
};

describe('a Spotify archive with every fault', () => {
  it('gives exact counts for each reason, and loses no row', async () => {
    const run = await importZip();
    expect(summary(run)).toEqual(SPOTIFY_EXPECTED);
    expect(accountedFor(run.report)).toBe(run.report.rows);
    expect(run.report.users).toBe(1);
    expect(run.report.firstAt).toBe(Date.UTC(2013, 4, 2, 17, 57));
    expect(run.report.lastAt).toBe(Date.UTC(2024, 2, 2, 8, 56, 40));
  });

  it('is known again: a second import takes nothing', async () => {
    const intake = memoryIntake();
    await importZip(intake);
    const versions = intake.itemVersions();
    const again = await importZip(intake);
    expect(again.report).toMatchObject({
      taken: 0,
      repeated: SPOTIFY_EXPECTED.taken,
      dropped: SPOTIFY_EXPECTED.dropped,
    });
    expect(accountedFor(again.report)).toBe(again.report.rows);
    expect(intake.events.length).toBe(SPOTIFY_EXPECTED.taken);
    expect(intake.itemVersions()).toBe(versions);
  });

  it('gives the same from the folder', async () => {
    const { report } = await withFiles(spotifyEntries, (folder) => runImport('spotify', folder));
    const fromZip = (await importZip()).report;
    expect({ ...report, seconds: 0 }).toEqual({ ...fromZip, seconds: 0 });
  });

  it('lets nothing personal through, neither into events and items nor into dead letters', async () => {
    const { intake, letters } = await importZip();
    const out = JSON.stringify([intake.events, [...intake.items.values()], letters]);
    for (const mark of PERSONAL) expect(out).not.toContain(mark);
    expect(letters).toHaveLength(SPOTIFY_EXPECTED.deadLetters);
  });

  it('names row and field of what it could not take', async () => {
    const { letters } = await importZip();
    const file = 'Spotify Extended Streaming History/Streaming_History_Audio_2024_1.json';
    expect(letters.map(({ row, fields }) => [row, fields[0]?.field])).toEqual([
      [11, 'ts'],
      [12, 'ms_played'],
      [13, 'at'],
    ]);
    expect(letters.every((letter) => letter.file === file && letter.format === 'spotify')).toBe(true);
  });

  it('collects all names of one recording', async () => {
    const { intake } = await importZip();
    const river = [...intake.items.values()].find((item) => item.title === 'Slow River');
    const uris = [2, 3, 1].map((n) => `spotify:track:${String(n).padStart(22, '0')}`);
    expect(river).toMatchObject({ type: 'track', artist: 'The Lanterns', album: 'Low Water', externalIds: uris });
  });

  it('keeps podcasts as episodes of their show', async () => {
    const { intake } = await importZip();
    const episode = [...intake.items.values()].find((item) => item.type === 'episode');
    expect(episode).toMatchObject({ title: 'Why bridges sing', artist: 'Engineers at Night' });
    expect(episode?.artistId).toMatch(/^show:/);
  });
});

describe('a Spotify row', () => {
  const one = async (row: unknown): Promise<EventOf<'play'>> => {
    const [play] = playsOf(await importFile('spotify', 'endsong_0.json', rows(row)));
    return play!;
  };

  it('says when it ended: the play began earlier', async () => {
    const play = await one(newRow({ ts: '2024-03-01T10:03:30Z', ms_played: 210_000 }));
    expect(play).toMatchObject({ at: Date.UTC(2024, 2, 1, 10), msPlayed: 210_000, reasonStart: 'clickrow' });
    expect(play).toMatchObject({ device: 'mobile', userInitiated: true, skipped: false, offline: false });
  });

  it('leaves unknown what it does not know', async () => {
    const play = await one(oldRow({ reason_start: '', platform: 'not_applicable' }));
    for (const field of ['skipped', 'shuffle', 'offline', 'reasonStart', 'userInitiated', 'device', 'durationMs']) {
      expect(play).not.toHaveProperty(field);
    }
  });

  it('carries the time zone that was named', async () => {
    const run = await importFile('spotify', 'a.json', rows(newRow()), { timeZone: 'Europe/Berlin' });
    expect(playsOf(run)[0]?.timeZone).toBe('Europe/Berlin');
    await expect(importFile('spotify', 'a.json', rows(newRow()), { timeZone: 'Berlin' })).rejects.toMatchObject({
      code: 'invalid_data',
    });
  });
});

describe('the basic one-year export', () => {
  it('is read, to the minute', async () => {
    const run = await importFile('spotify', 'StreamingHistory_music_0.json', rows(basicRow(), basicRow()));
    expect(run.report).toMatchObject({ rows: 2, taken: 1, dropped: { duplicate: 1 } });
    expect(run.report.noted).toEqual({ minute_precision: 1, skipped_unknown: 1 });
    expect(playsOf(run)[0]).toMatchObject({ at: Date.UTC(2024, 2, 1, 9, 59, 30), msPlayed: 210_000 });
  });

  it('knows the plays of the extended export again', async () => {
    const intake = memoryIntake();
    await importFile('spotify', 'StreamingHistory0.json', rows(basicRow()), {}, intake);
    const { report } = await importFile('spotify', 'endsong_0.json', rows(newRow()), {}, intake);
    expect(report).toMatchObject({ taken: 0, repeated: 1 });
  });

  it('takes its podcasts and leaves audiobooks', async () => {
    const podcast = { endTime: '2024-03-01 10:03', podcastName: 'A Show', episodeName: 'One', msPlayed: 60_000 };
    const book = { endTime: '2024-03-01 10:03', audiobookName: 'A Book', chapterName: 'One', msPlayed: 60_000 };
    const run = await importFile('spotify', 'StreamingHistory_podcast_0.json', rows(podcast, book));
    expect(run.report).toMatchObject({ taken: 1, dropped: { unsupported_audiobook: 1 } });
    expect(playsOf(run)[0]?.itemId).toMatch(/^episode:/);
  });
});

describe('short plays of one track in one minute', () => {
  it('are all kept, and known again in any order', async () => {
    const short = (second: number) => newRow({ ts: `2024-03-01T10:03:0${second}Z`, ms_played: 900 });
    const intake = memoryIntake();
    const first = await importFile('spotify', 'a.json', rows(short(1), short(4), short(7)), {}, intake);
    expect(first.report).toMatchObject({ taken: 3, dropped: {} });
    const again = await importFile('spotify', 'a.json', rows(short(7), short(1), short(4)), {}, intake);
    expect(again.report).toMatchObject({ taken: 0, repeated: 3 });
  });
});

describe('what is no Spotify history', () => {
  it('is refused with what was found', async () => {
    const attempt = (name: string, content: string | Buffer) => importFile('spotify', name, content);
    await expect(attempt('a.json', rows({ listened_at: 1, track_metadata: {} }))).rejects.toThrow(
      'a.json is no Spotify history: expected rows with ts or endTime, found rows with the fields listened_at, track_metadata',
    );
    await expect(attempt('a.json', '{"playlists": []}')).rejects.toThrow('it does not begin with [');
    await expect(attempt('a.json', '')).rejects.toThrow('found an empty file');
    await expect(
      withFiles(
        [
          { name: 'a/b.pdf', content: 'x' },
          { name: 'c.txt', content: 'y' },
        ],
        (folder) => runImport('spotify', folder),
      ),
    ).rejects.toMatchObject({ code: 'unreadable_file', message: expect.stringContaining('found b.pdf, c.txt') });
    await expect(runImport('spotify', join('/nonexistent', 'x.zip'))).rejects.toMatchObject({
      code: 'unreadable_file',
    });
    await expect(runImport('napster', 'x.zip')).rejects.toMatchObject({ code: 'unknown_format' });
  });

  it('takes nothing of the good file beside it', async () => {
    const files = [
      { name: 'endsong_0.json', content: rows(newRow()) },
      { name: 'endsong_1.json', content: '<html>not found</html>' },
      { name: 'endsong_2.json', content: rows(oldRow(), 'not a row', null, 7) },
      { name: 'endsong_3.json', content: `${rows(oldRow({ ts: '2014-01-01T00:00:00Z' })).slice(0, -1)}, {"ts": "20` },
    ];
    const { report, letters } = await withFiles(files, (folder) => runImport('spotify', folder));
    expect(report).toMatchObject({ files: 4, rows: 8, taken: 3, dropped: {} });
    expect(accountedFor(report)).toBe(report.rows);
    expect(letters.map(({ file, row }) => [file, row])).toEqual([
      ['endsong_2.json', 2],
      ['endsong_2.json', 3],
      ['endsong_2.json', 4],
      ['endsong_3.json', 2],
      ['endsong_1.json', 1],
    ]);
  });
});
