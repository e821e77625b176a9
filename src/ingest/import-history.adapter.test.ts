import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock, type UserId } from '#domain';
import { openLmdbJournal } from '#journal';
import { openDeadLetters } from './dead-letters.ts';
import { importHistory } from './import-history.ts';
import { createIntake } from './intake.ts';

const clock = fixedClock(Date.UTC(2026, 0, 1));

const LINES = [
  'user_id,artist,title,at,device',
  'ada,The Lanterns,Slow River,2022-06-01T12:00:00Z,mobile',
  'ada,The Lanterns,Harbour,2022-06-01T12:05:00Z,telephone',
  'ada,The Lanterns,Kites,2022-06-01T12:10:00Z,',
  'ada,The Lanterns,Kites,2022-06-01T12:10:00Z,',
  'ada,The Lanterns,Kites,noon,',
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ritornello-import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('an import into the real journal', () => {
  it('takes each row once over two runs and a restart, and keeps one letter for each refused row', async () => {
    await writeFile(join(folder, 'plays.csv'), LINES.join('\n'));
    const run = async () => {
      const journal = await openLmdbJournal({ path: join(folder, 'journal') });
      const deadLetters = await openDeadLetters({ path: join(folder, 'letters'), clock });
      const intake = createIntake({ journal, clock, deadLetters, onError: (error) => expect(error).toBeUndefined() });
      const report = await importHistory('plays', join(folder, 'plays.csv'), { intake, deadLetters });
      const kinds = (await journal.read(1, 100)).map(({ kind }) => kind);
      const letters = await deadLetters.list(100);
      await journal.close();
      return { report, kinds, letters };
    };
    const first = await run();
    expect(first.report).toMatchObject({
      rows: 5,
      taken: 2,
      repeated: 1,
      deadLetters: { count: 2, path: join(folder, 'letters') },
    });
    expect(first.kinds.toSorted()).toEqual(['item', 'item', 'item', 'play', 'play']);
    expect(first.letters.map(({ format, file, row, fields }) => [format, file, row, fields[0]?.field])).toEqual([
      ['plays', 'plays.csv', 2, 'device'],
      ['plays', 'plays.csv', 5, 'at'],
    ]);

    const second = await run();
    expect(second.report).toMatchObject({ rows: 5, taken: 0, repeated: 3, deadLetters: { count: 2 } });
    expect(second.kinds).toEqual(first.kinds);
  });

  it('keeps no letter that its user cannot have erased', async () => {
    await writeFile(join(folder, 'plays.csv'), LINES.join('\n'));
    const journal = await openLmdbJournal({ path: join(folder, 'journal') });
    const deadLetters = await openDeadLetters({ path: join(folder, 'letters'), clock });
    const intake = createIntake({ journal, clock, deadLetters, onError: (error) => expect(error).toBeUndefined() });
    await importHistory('plays', join(folder, 'plays.csv'), { intake, deadLetters, userId: 'eve' });
    await journal.close();
    // The row that was read names its listener; the one that was not is of whose import it is.
    expect(await deadLetters.eraseUser('ada' as UserId)).toBe(1);
    expect(await deadLetters.eraseUser('eve' as UserId)).toBe(1);
    expect(deadLetters.count()).toBe(0);
  });
});
