import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '#domain';
import type { Journal, JournalEntry } from '../journal.ts';
import { LmdbJournal } from './lmdb-journal.ts';
import type { LmdbTables } from './mapped-tables.ts';
import { openLmdbJournal, openLmdbJournalBeside, openTables } from './open-lmdb-journal.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const OPENINGS = { openLmdbJournal, openLmdbJournalBeside };

const entriesOf = (userId: string, count: number, prefix = 'e'): JournalEntry[] =>
  Array.from({ length: count }, (_, n) => ({
    kind: 'play',
    userId: userId as UserId,
    eventId: `${prefix}${n}`,
    row: JSON.stringify({ user_id: userId, text: 'x'.repeat(300) }),
  }));

/** How often the text stands in the journal's file. */
const timesInFile = (text: string): number => readFileSync(join(path, 'data.mdb'), 'latin1').split(text).length - 1;

const usersIn = async (journal: Journal): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  for (const { userId } of await journal.read(1, 1_000_000)) counts[userId] = (counts[userId] ?? 0) + 1;
  return counts;
};

/** Runs a script with `journal` and `entriesOf` in a process of its own. */
const inChild = (script: string) => {
  const text = `import { openLmdbJournal } from '#journal';
const journal = await openLmdbJournal({ path: process.argv[1] });
const entriesOf = (userId, count, prefix) => Array.from({ length: count }, (_, n) => ({
  kind: 'play', userId, eventId: prefix + n, row: JSON.stringify({ user_id: userId, text: 'x'.repeat(300) }) }));
${script}`;
  return spawn(process.execPath, ['scripts/run-source.mjs', '-e', text, path]);
};

describe.each(Object.entries(OPENINGS))('the file of a journal by %s', (_, opening) => {
  const open = () => opening({ path });

  it('keeps nothing of whom it erased, trimmed or not, and all of others, with what came meanwhile', async () => {
    let journal = await open();
    await journal.append([...entriesOf('ada', 500), ...entriesOf('bo', 500), ...entriesOf('ada', 500, 'f')]);
    await journal.trim(801);
    expect(timesInFile('"ada"')).toBeGreaterThan(900);
    const erased = journal.eraseUsers(['ada' as UserId]);
    const meanwhile = Promise.all(entriesOf('cy', 200).map((entry) => journal.append([entry])));
    expect(await erased).toBe(500);
    await meanwhile;
    expect(timesInFile('"ada"')).toBe(0);
    expect(existsSync(join(path, 'fresh'))).toBe(false);
    expect(await usersIn(journal)).toEqual({ bo: 200, cy: 200 });
    const status = journal.status();
    await journal.close();
    journal = await open();
    expect(journal.status()).toEqual(status);
    expect(await usersIn(journal)).toEqual({ bo: 200, cy: 200 });
    const again = await journal.append([...entriesOf('bo', 1), ...entriesOf('ada', 1)]);
    expect(again.map(({ outcome }) => outcome)).toEqual(['repeated', 'accepted']);
    await journal.close();
  });

  it('is written once for some who are erased together, and not for nobody', async () => {
    const journal = await open();
    const file = () => statSync(join(path, 'data.mdb')).ino;
    await journal.append(['ada', 'bo', 'cy'].flatMap((user) => entriesOf(user, 100)));
    const before = file();
    expect(await journal.eraseUsers(['nobody' as UserId])).toBe(0);
    expect(file()).toBe(before);
    expect(await journal.eraseUsers(['ada', 'nobody', 'bo'] as UserId[])).toBe(200);
    const after = file();
    expect(after).not.toBe(before);
    expect([timesInFile('"ada"'), timesInFile('"bo"')]).toEqual([0, 0]);
    expect(await journal.eraseUsers(['ada' as UserId])).toBe(0);
    expect(file()).toBe(after);
    expect(await usersIn(journal)).toEqual({ cy: 100 });
    await journal.close();
  });

  it('keeps nothing when it is cleared', async () => {
    const journal = await open();
    await journal.append(entriesOf('ada', 500));
    await journal.clear();
    expect(timesInFile('"ada"')).toBe(0);
    await journal.close();
  });

  it('is closed when what is under way has ended, with all that was appended', async () => {
    let journal = await open();
    await journal.append(entriesOf('ada', 500));
    const erased = journal.eraseUsers(['ada' as UserId]);
    const appended = journal.append(entriesOf('bo', 50));
    await Promise.all([journal.close(), erased, appended]);
    journal = await open();
    expect(await usersIn(journal)).toEqual({ bo: 50 });
    await journal.close();
  });
});

it('a copy that a kill left behind is no part of the journal, and goes', async () => {
  mkdirSync(join(path, 'fresh'));
  writeFileSync(join(path, 'fresh', 'data.mdb'), 'half of it');
  const journal = await openLmdbJournal({ path });
  expect(existsSync(join(path, 'fresh'))).toBe(false);
  await journal.close();
});

it('has everything it acknowledged after kill -9 while it is written anew again and again', async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < 5; round++) {
    const child = inChild(`for (let batch = 0; ; batch++) {
      const prefix = '${round}-' + batch + '-';
      const both = [journal.append(entriesOf('bo', 50, prefix)), journal.eraseUsers(['ada'])];
      await both[0];
      process.stdout.write(prefix + '\\n');
      await both[1];
      await journal.append(entriesOf('ada', 50, prefix));
    }`);
    let text = '';
    child.stdout.on('data', (piece) => {
      text += piece;
      if (text.split('\n').length > 3 + 4 * round) child.kill('SIGKILL');
    });
    await once(child, 'close');
    for (const prefix of text.slice(0, text.lastIndexOf('\n')).split('\n')) acknowledged.add(prefix);
    const journal = await openLmdbJournal({ path });
    const records = await journal.read(1, 1_000_000);
    const ids = new Set(records.filter(({ userId }) => userId === 'bo').map(({ eventId }) => eventId));
    const lost = [...acknowledged].filter((prefix) => !ids.has(`${prefix}0`) || !ids.has(`${prefix}49`));
    expect(lost).toEqual([]);
    await journal.eraseUsers(['ada' as UserId]);
    expect(timesInFile('"ada"')).toBe(0);
    await journal.close();
  }
  expect(acknowledged.size).toBeGreaterThan(20);
});

it('says what is left when there is no room to write it anew, goes on, and is clean once there is', async () => {
  let isFull = true;
  const open = (): LmdbTables => {
    const tables = openTables(path);
    const { backup } = tables.environment;
    tables.environment.backup = async (folder, compact) => {
      await backup.call(tables.environment, folder, compact);
      if (isFull) throw new Error('No space left on device');
    };
    return tables;
  };
  const journal = new LmdbJournal({ path, open, unlock: () => undefined });
  await journal.append([...entriesOf('ada', 10), ...entriesOf('bo', 10)]);
  const erased = journal.eraseUsers(['ada' as UserId]);
  const meanwhile = journal.append(entriesOf('cy', 10));
  await expect(erased).rejects.toMatchObject({
    code: 'disk_full',
    message: expect.stringMatching(
      /^what was erased may still be found in .*data\.mdb, .*No space left.*: erase again$/,
    ),
  });
  expect((await meanwhile)[0]?.outcome).toBe('accepted');
  expect(existsSync(join(path, 'fresh'))).toBe(false);
  expect(await usersIn(journal)).toEqual({ bo: 10, cy: 10 });
  expect(timesInFile('"ada"')).toBeGreaterThan(0);
  isFull = false;
  expect(await journal.eraseUsers(['ada' as UserId])).toBe(0);
  expect(timesInFile('"ada"')).toBe(0);
  expect(await usersIn(journal)).toEqual({ bo: 10, cy: 10 });
  await journal.close();
});
