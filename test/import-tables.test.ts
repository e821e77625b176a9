import { describe, expect, it } from 'vitest';
import type { EventOf } from '#domain';
import { memoryIntake } from './fixtures/exports/memory-intake.ts';
import { parquetBytes } from './fixtures/exports/parquet-bytes.ts';
import { accountedFor, type ImportRun, importFile } from './fixtures/exports/run-import.ts';

const AT = Date.UTC(2022, 5, 1, 12);
const SAME = { user_id: 'ada', item_id: 'track:1', at: AT, ms_played: 1000 };

const playsOf = ({ intake }: ImportRun) => intake.events as readonly EventOf<'play'>[];
const talliesOf = ({ intake }: ImportRun) => intake.events as readonly EventOf<'tally'>[];

describe('plays of any tool', () => {
  const forms: readonly (readonly [string, string | Buffer])[] = [
    ['CSV', `user_id,item_id,at,ms_played\nada,1,${AT},1000\n`],
    ['TSV by content', `user_id\titem_id\tat\tms_played\r\nada\t1\t2022-06-01T12:00:00Z\t1000\r\n`],
    ['semicolons', `User_ID;Item_ID;Timestamp;ms_played\nada;"track:1";2022-06-01 12:00:00;1000\n`],
    ['bars', `user_id|item_id|at|ms_played\nada|1|2022-06-01T14:00:00+02:00|1000\n`],
    ['NDJSON', `{"user_id":"ada","item_id":1,"at":${AT / 1000},"ms_played":1000}\n`],
    ['a JSON list', `[{"user_id":"ada","item_id":"track:1","at":"${AT}","ms_played":"1000"}]`],
    [
      'Parquet',
      parquetBytes({
        columns: { user_id: 'text', item_id: 'int64', at: 'timestamp_ms', ms_played: 'int64' },
        rows: [{ user_id: 'ada', item_id: 1, at: AT, ms_played: 1000 }],
      }),
    ],
  ];

  it.each(forms)('%s', async (_, content) => {
    const run = await importFile('plays', 'history.dat', content);
    expect(run.report).toMatchObject({ rows: 1, taken: 1, users: 1, firstAt: AT, deadLetters: { count: 0 } });
    expect(playsOf(run)[0]).toMatchObject({ kind: 'play', userId: 'ada', itemId: 'track:1', at: AT, msPlayed: 1000 });
  });

  it('are one play in whatever form they come', async () => {
    const intake = memoryIntake();
    for (const [, content] of forms) await importFile('plays', 'x', content, {}, intake);
    expect(intake.events).toHaveLength(1);
  });

  it('name columns by a map, ids by a type, users and recordings by what there is', async () => {
    const content = 'who,artist_name,song,when,junk\n,The Lanterns,Slow River,1654084800,x\n';
    const map = { artist: 'artist_name', title: 'song', at: 'when' };
    const run = await importFile('plays', 'x.csv', content, { map, userId: 'eve' });
    expect(run.report).toMatchObject({ taken: 1, items: 1, noted: { columns_ignored: 2 } });
    const [item] = run.intake.items.values();
    expect(item).toMatchObject({ title: 'Slow River', artist: 'The Lanterns', type: 'track' });
    expect(playsOf(run)[0]).toMatchObject({ userId: 'eve', itemId: item?.itemId, at: AT });
    expect(playsOf(run)[0]?.extra).toEqual({});
  });

  it('say row and field of what is wrong, and take the rest', async () => {
    const lines = [
      'user_id,item_id,at,ms_played,skipped',
      'ada,1,2022-06-01T12:00:00Z,1000,true',
      'ada,2,noon,1000,',
      'ada,3,2022-06-01T12:00:00Z,-1,',
      'ada,,2022-06-01T12:00:00Z,1,',
      ',4,2022-06-01T12:00:00Z,1,',
      'ada,5,,1,',
      'ada,6,2022-06-01T12:00:00Z,1',
      'ada,7,2022-06-01T12:00:00Z,1,perhaps',
      'ada,with space,2022-06-01T12:00:00Z,1,',
      'ada,8,2022-06-01T12:00:01Z,,0',
    ];
    const run = await importFile('plays', 'x.csv', lines.join('\n'));
    expect(run.report).toMatchObject({ rows: 10, taken: 2, dropped: { unnamed: 1, no_time: 1 } });
    expect(accountedFor(run.report)).toBe(10);
    expect(run.letters.map(({ row, fields }) => [row, fields[0]?.field])).toEqual([
      [2, 'at'],
      [5, 'user_id'],
      [7, ''],
      [3, 'ms_played'],
      [8, 'skipped'],
      [9, 'item_id'],
    ]);
    expect(playsOf(run).map(({ skipped }) => skipped)).toEqual([true, false]);
  });

  it('refuse a map, a column or a table that cannot be meant', async () => {
    const attempt = (content: string, map: Record<string, string> = {}) =>
      importFile('plays', 'x.csv', content, { map });
    await expect(attempt('a,b\n1,2\n', { usr: 'a' })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/^unknown field "usr" in the map of plays: expected user_id, item_id, at, plays/),
    });
    await expect(attempt('a,b\n1,2\n', { user_id: 'c' })).rejects.toThrow(
      'has no column "c" (mapped to user_id): found a, b',
    );
    await expect(attempt('item_id,b\n1,2\n')).rejects.toThrow('lacks at (when it was played) or plays (how often)');
    await expect(attempt('user,b\n1,2\n')).rejects.toThrow('lacks item_id, or title and artist');
    await expect(attempt('item_id,at,at\n1,2,3\n')).rejects.toThrow('has two columns "at"');
    await expect(attempt('%PDF-1.7')).rejects.toThrow('found a PDF document');
  });

  it('of objects may lack fields at first', async () => {
    const first = Array.from({ length: 2000 }, (_, i) => ({ ...SAME, item_id: `track:${i}`, ms_played: undefined }));
    const content = [...first, SAME].map((row) => JSON.stringify(row)).join('\n');
    const run = await importFile('plays', 'x.ndjson', content);
    expect(run.report.taken).toBe(2001);
    expect(playsOf(run).at(-1)?.msPlayed).toBe(1000);
  });
});

describe('counts', () => {
  it('become tallies, dated by their file', async () => {
    const content = 'userID\tartistID\tweight\r\n2\t51\t13883\r\n2\t52\t11690\r\n';
    const map = { user_id: 'userID', item_id: 'artistID', play_count: 'weight' };
    const run = await importFile('plays', 'user_artists.dat', content, { map, itemType: 'artist' });
    expect(run.report).toMatchObject({ rows: 2, taken: 2, noted: { tally_at_file_time: 2 } });
    expect(talliesOf(run)[0]).toMatchObject({ kind: 'tally', userId: '2', itemId: 'artist:51', plays: 13_883 });
    const again = await importFile('plays', 'copy.dat', content, { map, itemType: 'artist' }, run.intake);
    expect(again.report).toMatchObject({ taken: 0, repeated: 2 });
  });

  it('that are no counts are refused', async () => {
    const { report, letters } = await importFile('plays', 'x.csv', 'item_id,plays\na,many\nb,0\nc,\nd,2\n');
    expect(report).toMatchObject({ rows: 4, taken: 1 });
    expect(letters.map(({ fields }) => fields[0]?.field)).toEqual(['plays', 'plays', 'plays']);
  });
});

describe('items', () => {
  it('come with all their fields', async () => {
    const content = [
      'item_id,title,artist,album,tags,duration_ms,released_on,explicit,external_ids,available',
      '7,Slow River,The Lanterns,Low Water,folk | night ,210000,2011-05-06,no,spotify:track:1|isrc:X,true',
    ].join('\n');
    const run = await importFile('items', 'catalogue.csv', content);
    expect(run.report).toMatchObject({ rows: 1, taken: 1, items: 1, users: 0, firstAt: null, lastAt: null });
    expect(run.intake.items.get('track:7')).toMatchObject({
      title: 'Slow River',
      artist: 'The Lanterns',
      album: 'Low Water',
      tags: ['folk', 'night'],
      durationMs: 210_000,
      releasedOn: '2011-05-06',
      explicit: false,
      externalIds: ['spotify:track:1', 'isrc:X'],
      available: true,
    });
  });

  it('keep quotes of tab-separated files, and accents of old ones', async () => {
    const content = Buffer.from('id\tname\n1\t"Odd" Ed\n2\tSigur Rós\n', 'latin1');
    const run = await importFile('items', 'a.dat', content, { map: { item_id: 'id' }, itemType: 'artist' });
    expect([...run.intake.items.values()].map(({ title }) => title)).toEqual(['"Odd" Ed', 'Sigur Rós']);
    expect(run.report.noted).toEqual({ encoding_iso_8859_1: 1 });
  });

  it('without an id or a title are refused', async () => {
    const { report, letters } = await importFile('items', 'a.csv', 'item_id,title\n1,A\n,B\n3,\n');
    expect(report).toMatchObject({ rows: 3, taken: 1 });
    expect(letters.map(({ fields }) => fields[0]?.field)).toEqual(['item_id', 'title']);
    await expect(importFile('items', 'a.csv', 'item_id,b\n1,A\n')).rejects.toThrow('lacks title');
  });
});

describe('Parquet', () => {
  const columns = { item_id: 'text', plays: 'int64' } as const;
  const rows = Array.from({ length: 5000 }, (_, i) => ({ item_id: `a${i}`, plays: i + 1 }));

  it('is read by row groups, packed or not', async () => {
    for (const codec of ['none', 'gzip'] as const) {
      const progress: number[] = [];
      const run = await importFile('plays', 'x.parquet', parquetBytes({ columns, rows, rowsPerGroup: 700, codec }), {
        onProgress: ({ bytes }) => progress.push(bytes),
      });
      expect(run.report).toMatchObject({ rows: 5000, taken: 5000, deadLetters: { count: 0 } });
      expect(talliesOf(run).at(-1)).toMatchObject({ itemId: 'track:a4999', plays: 5000 });
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    }
  });

  it('says what it cannot unpack, and what is no Parquet', async () => {
    const lzo = parquetBytes({ columns, rows: rows.slice(0, 2), codec: 'lzo' });
    await expect(importFile('plays', 'x.parquet', lzo)).rejects.toThrow(
      'is packed with LZO: this Node reads UNCOMPRESSED',
    );
    await expect(importFile('plays', 'x.parquet', 'PAR1 and nothing else')).rejects.toMatchObject({
      code: 'unreadable_file',
    });
  });
});
