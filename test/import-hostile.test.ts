import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { IMPORT_FORMATS } from '#ingest';
import { LASTFM_CASES } from './fixtures/exports/lastfm-export.ts';
import { listenBrainzZip } from './fixtures/exports/listenbrainz-export.ts';
import { memoryIntake } from './fixtures/exports/memory-intake.ts';
import { parquetBytes } from './fixtures/exports/parquet-bytes.ts';
import { accountedFor, importFile, runImport, withFiles } from './fixtures/exports/run-import.ts';
import { newRow, spotifyZip } from './fixtures/exports/spotify-export.ts';
import { zipBytes } from './fixtures/exports/zip-bytes.ts';

const SEED = 20_261_124;

/** A coded error that says why, or a report in which every row is accounted for: nothing else may come of any bytes. */
const mustEndWell = async (format: string, name: string, content: Buffer, path?: string): Promise<void> => {
  try {
    const { report } = await (path ? runImport(format, path) : importFile(format, name, content));
    expect(accountedFor(report)).toBe(report.rows);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(error.code).toBe('unreadable_file');
    expect(error.message.length).toBeGreaterThan(10);
  }
};

const samples = async (): Promise<readonly (readonly [string, string, Buffer])[]> => [
  ['spotify', 'a.zip', await spotifyZip()],
  ['spotify', 'a.json', Buffer.from(JSON.stringify([newRow(), newRow({ ts: '2024-03-05T10:00:00Z' })]))],
  ['listenbrainz', 'a.zip', await listenBrainzZip()],
  ...LASTFM_CASES.map(({ fileName, content }) => ['lastfm', fileName, Buffer.from(content as string)] as const),
  ['plays', 'a.csv', Buffer.from('item_id,at\n"a ""b""",2022-01-01T00:00:00Z\nc,1654084800\n')],
  ['items', 'a.ndjson', Buffer.from('{"item_id":"a","title":"A","tags":["x"]}\n{"item_id":"b","title":"B"}\n')],
  [
    'plays',
    'a.parquet',
    parquetBytes({ columns: { item_id: 'text', plays: 'int64' }, rows: [{ item_id: 'a', plays: 1 }] }),
  ],
];

describe('bytes of any kind', () => {
  it('end in an error or a report, never in a crash: garbage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...IMPORT_FORMATS), fc.uint8Array({ maxLength: 300 }), (format, bytes) =>
        mustEndWell(format, 'a.csv', Buffer.from(bytes)),
      ),
      { seed: SEED, numRuns: 100 },
    );
  }, 30_000);

  it('end in an error or a report: real exports, cut off or with bytes changed', async () => {
    const all = await samples();
    const damage = fc.record({
      sample: fc.nat({ max: all.length - 1 }),
      cut: fc.double({ min: 0.05, max: 1, noNaN: true }),
      changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255)), {
        maxLength: 4,
      }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ sample, cut, changes }) => {
        const [format, name, whole] = all[sample]!;
        const bytes = Buffer.from(whole.subarray(0, Math.ceil(whole.length * cut)));
        for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte;
        await mustEndWell(format, name, bytes);
      }),
      { seed: SEED, numRuns: 150 },
    );
  }, 30_000);

  it('end in an error or a report: a Parquet file with bytes changed', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ item_id: `a${i}`, plays: i + 1 }));
    const columns = { item_id: 'text', plays: 'int64' } as const;
    const whole = parquetBytes({ columns, rows, rowsPerGroup: 7, codec: 'gzip' });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [place, byte] of changes) bytes[place] = byte;
        await mustEndWell('plays', 'a.parquet', bytes);
      }),
      { seed: SEED, numRuns: 200 },
    );
  }, 30_000);

  it('of one format given as another are refused with what they are', async () => {
    for (const [format, name, content] of await samples()) {
      for (const other of IMPORT_FORMATS) if (other !== format) await mustEndWell(other, name, content);
    }
    const zip = await spotifyZip();
    await expect(importFile('listenbrainz', 'a.zip', zip)).rejects.toThrow(
      'expected listens/<year>/<month>.jsonl, found endsong_0.json',
    );
    await expect(importFile('lastfm', 'a.zip', zip)).rejects.toThrow('expected a .csv, .tsv or .txt file');
    await expect(importFile('spotify', 'a.json', zip.subarray(0, 1000))).rejects.toThrow('cut off or damaged');
  });
});

describe('archives', () => {
  const history = JSON.stringify([newRow()]);

  it('with names that point elsewhere are refused', async () => {
    const zip = await zipBytes([{ name: 'aa/endsong_0.json', content: history }]);
    const evil = Buffer.from(zip.toString('latin1').replaceAll('aa/endsong', '../endsong'), 'latin1');
    await expect(importFile('spotify', 'a.zip', evil)).rejects.toThrow('invalid relative path: ../endsong_0.json');
  });

  it('that unpack beyond all measure are refused before they are unpacked', async () => {
    const bomb = await zipBytes([{ name: 'endsong_0.json', content: Buffer.alloc(17 * 2 ** 20, ' ') }]);
    await expect(importFile('spotify', 'a.zip', bomb)).rejects.toThrow(/claims to unpack to \d+ times its size/);
    const zip = await spotifyZip();
    await expect(importFile('spotify', 'a.zip', zip, { limits: { maxUnpackedBytes: 1000 } })).rejects.toThrow(
      'unpacks to more than 1000 bytes',
    );
    await expect(importFile('spotify', 'a.zip', zip, { limits: { maxFiles: 2 } })).rejects.toThrow('more than 2 files');
  });

  it('that lie about their content are found out', async () => {
    const name = 'endsong_0.json';
    const stored = await zipBytes([
      { name, content: JSON.stringify([newRow(), newRow({ ts: '2024-03-05T10:00:00Z' })]) },
    ]);
    // A checksum that is not that of the content: in the directory at the end.
    const directory = stored.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    const wrongSum = Buffer.from(stored);
    wrongSum.writeUInt32LE(0xdeadbeef, directory + 16);
    const { report, letters } = await importFile('spotify', 'a.zip', wrongSum);
    expect(accountedFor(report)).toBe(report.rows);
    expect(letters[0]?.fields[0]?.reason).toContain('its checksum is wrong, the archive is damaged');
    const encrypted = Buffer.from(stored);
    encrypted.writeUInt16LE(encrypted.readUInt16LE(directory + 8) | 1, directory + 8);
    await expect(importFile('spotify', 'a.zip', encrypted)).rejects.toThrow('is encrypted');
  });

  it('may be empty, or hold what the system adds', async () => {
    await expect(importFile('spotify', 'a.zip', await zipBytes([]))).rejects.toThrow('found nothing');
    const zip = await zipBytes([
      { name: '__MACOSX/._endsong_0.json', content: 'x' },
      { name: 'endsong_0.json', content: history },
    ]);
    expect((await importFile('spotify', 'a.zip', zip)).report).toMatchObject({ files: 1, taken: 1, noted: {} });
  });
});

describe('a Parquet page', () => {
  it('that holds more than it claims is not unpacked further', async () => {
    const columns = { item_id: 'text', plays: 'int64' } as const;
    const bomb = parquetBytes({ columns, rows: [{ item_id: 'a'.repeat(2 ** 20), plays: 1 }], codec: 'gzip' });
    // The head of the first page: its kind, then twice its size unpacked as a varint of four bytes, here made that of 2^19.
    expect([...bomb.subarray(4, 7)]).toEqual([0x15, 0, 0x15]);
    bomb.set([0x80, 0x80, 0xc0, 0], 7);
    await expect(importFile('plays', 'a.parquet', bomb)).rejects.toMatchObject({
      code: 'unreadable_file',
      message: expect.stringContaining('Cannot create a Buffer larger than 524288 bytes'),
    });
  });
});

describe('folders', () => {
  it('are read without following links', async () => {
    await withFiles([{ name: 'a/endsong_0.json', content: JSON.stringify([newRow()]) }], async (folder) => {
      await writeFile(join(folder, 'endsong_1.json'), JSON.stringify([newRow({ ts: '2024-03-05T10:00:00Z' })]));
      await symlink(join(folder, 'endsong_1.json'), join(folder, 'a', 'endsong_2.json'));
      const { report } = await runImport('spotify', join(folder, 'a'));
      expect(report).toMatchObject({ files: 1, taken: 1 });
    });
  });
});

describe('an import under way', () => {
  const many = Array.from({ length: 6000 }, (_, i) =>
    newRow({ ts: new Date(Date.UTC(2020, 0, 1) + i * 300_000).toISOString().replace('.000Z', 'Z') }),
  );

  it('stops when it is told to, keeps what was acknowledged, and goes on later', async () => {
    const intake = memoryIntake();
    const stop = new AbortController();
    const onProgress = ({ rows }: { rows: number }) => {
      if (rows > 2500) stop.abort(new Error('enough'));
    };
    const content = JSON.stringify(many);
    await expect(importFile('spotify', 'a.json', content, { signal: stop.signal, onProgress }, intake)).rejects.toThrow(
      'enough',
    );
    const taken = intake.events.length;
    expect(taken).toBeGreaterThanOrEqual(2000);
    expect(taken).toBeLessThan(6000);
    expect(intake.items.has(intake.events[0]?.kind === 'play' ? intake.events[0].itemId : '')).toBe(true);
    const { report } = await importFile('spotify', 'a.json', content, {}, intake);
    expect(report).toMatchObject({ taken: 6000 - taken, repeated: taken });
  });

  it('says how far it is', async () => {
    const seen: { bytes: number; totalBytes: number; rows: number }[] = [];
    const content = JSON.stringify(many);
    await importFile('spotify', 'a.json', content, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toEqual({ bytes: content.length, totalBytes: content.length, rows: 6000 });
    for (const [i, { bytes, rows }] of seen.entries()) {
      expect(bytes).toBeGreaterThanOrEqual(seen[i - 1]?.bytes ?? 0);
      expect(rows).toBeGreaterThanOrEqual(seen[i - 1]?.rows ?? 0);
    }
  });

  it('passes on what the intake throws, as when the disk is full', async () => {
    const full = { accept: () => Promise.reject(new EngineError('disk_full', 'no room')), acceptItems: async () => [] };
    await withFiles([{ name: 'a.json', content: JSON.stringify(many) }], async (folder) => {
      await expect(runImport('spotify', join(folder, 'a.json'), { intake: full })).rejects.toMatchObject({
        code: 'disk_full',
      });
    });
  });
});
