import { describe, expect, it } from 'vitest';
import type { EventOf } from '#domain';
import {
  LISTENBRAINZ_EXPECTED,
  listen,
  listenBrainzEntries,
  listenBrainzZip,
  START,
} from './fixtures/exports/listenbrainz-export.ts';
import { memoryIntake } from './fixtures/exports/memory-intake.ts';
import { accountedFor, type ImportRun, importFile, runImport, withFiles } from './fixtures/exports/run-import.ts';

const importZip = async (intake = memoryIntake()): Promise<ImportRun> =>
  importFile('listenbrainz', 'listenbrainz_someone_1690000000.zip', await listenBrainzZip(), {}, intake);

const playsOf = ({ intake }: ImportRun): EventOf<'play'>[] => intake.events.filter((event) => event.kind === 'play');

describe('a ListenBrainz archive with every fault', () => {
  it('gives exact counts for each reason, and loses no row', async () => {
    const { report } = await importZip();
    const { files, rows, taken, dropped, noted, deadLetters, items } = report;
    const counts = { files, rows, taken, dropped, noted, deadLetters: deadLetters.count, items };
    expect(counts).toEqual(LISTENBRAINZ_EXPECTED);
    expect(accountedFor(report)).toBe(rows);
  });

  it('is known again, from zip or folder', async () => {
    const intake = memoryIntake();
    await importZip(intake);
    const again = await withFiles(listenBrainzEntries, (folder) => runImport('listenbrainz', folder, {}, intake));
    expect(again.report).toMatchObject({ taken: 0, repeated: LISTENBRAINZ_EXPECTED.taken });
    expect(intake.events).toHaveLength(LISTENBRAINZ_EXPECTED.taken);
  });

  it('dates a listen by its start, in whatever unit it stands', async () => {
    const starts = playsOf(await importZip()).map(({ at }) => at / 1000 - START);
    expect(starts).toEqual([600, 1200, 1800.5, 2400, 3000]);
  });

  it('reads the duration in either unit and never invents one', async () => {
    const plays = playsOf(await importZip());
    expect(plays.map(({ durationMs }) => durationMs)).toEqual([215_000, 180_000, undefined, undefined, undefined]);
    for (const play of plays) {
      expect(play).not.toHaveProperty('msPlayed');
      expect(play).not.toHaveProperty('skipped');
    }
  });

  it('turns love and hate into actions on what was listened to', async () => {
    const { intake } = await importZip();
    const actions = intake.events.filter((event) => event.kind === 'action');
    const byTitle = actions.map(({ action, itemId, at }) => [
      action,
      intake.items.get(itemId!)?.title,
      at / 1000 - START,
    ]);
    expect(byTitle).toEqual([
      ['like', 'Song 2', 9000],
      ['dislike', 'Song 1', 9001],
    ]);
  });

  it('collects the names of a recording', async () => {
    const { intake } = await importZip();
    const names = [...intake.items.values()].map((item) => item.externalIds);
    expect(names[0]).toEqual(['musicbrainz:recording:11111111-1111-4111-8111-000000000001', 'isrc:XXAAA0000001']);
    expect(names[2]).toEqual(['spotify:track:0000000000000000000001']);
  });

  it('keeps the user name out', async () => {
    const { intake, letters } = await importZip();
    expect(JSON.stringify([intake.events, [...intake.items.values()], letters])).not.toContain('secret-listener');
  });
});

describe('single files of listens', () => {
  it('are read as lines and as one list', async () => {
    const list = JSON.stringify([listen(1), listen(2)]);
    const asList = await importFile('listenbrainz', 'someone_lb-2024-01-01.json', list);
    const asLines = await importFile(
      'listenbrainz',
      'x.jsonl',
      `${JSON.stringify(listen(1))}\r\n\n${JSON.stringify(listen(2))}`,
    );
    expect(asList.report).toMatchObject({ rows: 2, taken: 2 });
    expect(asLines.intake.events).toEqual(asList.intake.events);
  });

  it('meet the recordings of other services', async () => {
    const intake = memoryIntake();
    await importFile('listenbrainz', 'x.jsonl', JSON.stringify(listen(1)), {}, intake);
    await importFile('lastfm', 'x.csv', 'the lanterns,,Song 1 (feat. Mara Vale),02 Mar 2021 18:05\n', {}, intake);
    expect(new Set(playsOf({ intake } as ImportRun).map(({ itemId }) => itemId)).size).toBe(1);
  });

  it('are refused when they are something else', async () => {
    await expect(importFile('listenbrainz', 'x.jsonl', '{"ts": 1}')).rejects.toThrow('found rows with the fields ts');
    await expect(importFile('listenbrainz', 'x.jsonl', 'artist,title\na,b\n')).rejects.toThrow(
      'lines that are no JSON',
    );
  });
});
