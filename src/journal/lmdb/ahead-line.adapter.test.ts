import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EngineError, type UserId } from '#domain';
import type { JournalEntry } from '../journal.ts';
import { type AheadEntry, AheadFile } from './ahead-file.ts';
import { AheadLine, type WrittenAhead } from './ahead-line.ts';
import type { JournalBeside } from './journal-beside.ts';
import { lineInto } from './journal-line.ts';
import { openLmdbJournal, openLmdbJournalBeside } from './open-lmdb-journal.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'ahead-line-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const entry = (eventId: string): AheadEntry => ({ kind: 'slate', userId: 'ada' as UserId, eventId, row: '{}' });
const idsIn = async (journal: Pick<JournalBeside, 'read'>): Promise<string[]> =>
  (await journal.read(1, 1000)).map(({ eventId }) => eventId);

it('brings what it was given into the journal, in order, and its file holds it no more', async () => {
  const journal = await openLmdbJournalBeside({ path });
  const line = new AheadLine(journal.aheadLine());
  await line.append([entry('a'), entry('b')]);
  await line.append([entry('c')]);
  await journal.settled();
  expect(await idsIn(journal)).toEqual(['a', 'b', 'c']);
  await line.append([entry('d')]);
  await line.settled();
  expect(await idsIn(journal)).toEqual(['a', 'b', 'c', 'd']);
  expect(AheadFile.open(join(path, 'ahead')).held).toEqual([]);
  expect(line.status()).toEqual(journal.status());
  await journal.close();
});

it('loses nothing to kill -9: what the file holds is in the journal when it is opened again, once', async () => {
  const script = `import { AheadLine, openLmdbJournalBeside } from '#journal';
    const journal = await openLmdbJournalBeside({ path: process.argv[1] });
    const line = new AheadLine(journal.aheadLine());
    for (let n = 0; n < 20; n++) {
      await line.append([{ kind: 'slate', userId: 'u' + n, eventId: 'e' + n, row: '{}' }]);
      if (n === 9) await line.settled();
    }
    process.kill(process.pid, 'SIGKILL');`;
  const node = ['scripts/run-source.mjs', '-e', script, path];
  const child = spawn(process.execPath, node, { stdio: 'inherit' });
  const signal = await new Promise((resolve) => child.on('exit', (_, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
  expect(AheadFile.open(join(path, 'ahead')).held.length).toBeGreaterThan(0);
  for (const _ of ['first', 'again']) {
    const journal = await openLmdbJournal({ path });
    expect(await idsIn(journal)).toEqual(Array.from({ length: 20 }, (__, n) => `e${n}`));
    expect(existsSync(join(path, 'ahead'))).toBe(false);
    await journal.close();
  }
});

it('takes over what somebody left who is gone', async () => {
  const journal = await openLmdbJournalBeside({ path });
  const { file } = AheadFile.open(join(path, 'ahead'));
  file.write([entry('a')]);
  file.close();
  const line = new AheadLine(journal.aheadLine());
  await line.append([entry('b')]);
  await journal.settled();
  expect(await idsIn(journal)).toEqual(['a', 'b']);
  await journal.close();
});

it('keeps whoever waits for a line that is gone waiting for the next one', async () => {
  const journal = await openLmdbJournalBeside({ path });
  const { port } = lineInto(() => new Promise(() => undefined));
  const gone = new AheadLine({ ...journal.aheadLine(), port });
  await gone.append([entry('a')]);
  const settled = journal.settled();
  await new AheadLine(journal.aheadLine()).append([entry('b')]);
  await settled;
  expect(await idsIn(journal)).toContain('a');
  await journal.settled();
  expect(await idsIn(journal)).toEqual(['a', 'b']);
  await journal.close();
});

it('is no way around an erasure: what is ahead goes with the rest', async () => {
  const journal = await openLmdbJournalBeside({ path });
  const line = new AheadLine(journal.aheadLine());
  await line.append([entry('a'), { ...entry('b'), userId: 'bob' as UserId }]);
  expect(await journal.eraseUsers(['ada' as UserId])).toBe(1);
  await line.settled();
  expect(await idsIn(journal)).toEqual(['b']);
  await line.append([entry('c')]);
  await journal.clear();
  await line.settled();
  expect(await idsIn(journal)).toEqual([]);
  await journal.close();
});

it('brings what is of one listener when it is asked for, and much in parts', async () => {
  const journal = await openLmdbJournalBeside({ path });
  const line = new AheadLine(journal.aheadLine());
  const many = Array.from({ length: 120 }, (_, n) => entry(`e${n}`));
  await line.append([]);
  await line.append(many);
  await line.settledFor('ada' as UserId);
  expect(await idsIn(journal)).toEqual(many.map(({ eventId }) => eventId));
  await journal.close();
});

it('does not go on without a file that is there and cannot be read', async () => {
  const journal = await openLmdbJournalBeside({ path });
  mkdirSync(join(path, 'ahead'));
  expect(() => new AheadLine(journal.aheadLine())).toThrow(/EISDIR/);
  await journal.close();
  await expect(openLmdbJournal({ path })).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining(join(path, 'ahead')),
  });
});

it('leaves no byte of it behind when it is wiped', async () => {
  const journal = await openLmdbJournalBeside({ path });
  const line = new AheadLine(journal.aheadLine());
  await line.append([entry('a')]);
  await line.wipe();
  expect(readFileSync(join(path, 'ahead')).every((byte) => byte === 0)).toBe(true);
  expect(await idsIn(journal)).toEqual(['a']);
  await journal.close();
});

it('leaves it to the journal to refuse, and brings what it took before as soon as there is room', async () => {
  const stored: string[] = [];
  let hasRoom = true;
  const append = async (entries: readonly JournalEntry[]) => {
    if (!hasRoom) throw new EngineError('disk_full', 'no room');
    stored.push(...entries.map(({ eventId }) => eventId));
    return entries.map(() => ({ outcome: 'repeated' as const }));
  };
  const line = new AheadLine({ ...lineInto(append), ahead: join(path, 'ahead') });
  await line.append([entry('a')]);
  hasRoom = false;
  await expect(line.settled()).rejects.toMatchObject({ code: 'disk_full' });
  await expect(line.append([entry('b')])).rejects.toMatchObject({ code: 'disk_full' });
  await expect(line.wipe()).rejects.toMatchObject({ code: 'disk_full' });
  expect(AheadFile.open(join(path, 'ahead')).held).toEqual([entry('a')]);
  hasRoom = true;
  await vi.waitFor(() => expect(stored).toEqual(['a']), { timeout: 5000 });
  await line.append([entry('c')]);
  await line.settled();
  expect(stored).toEqual(['a', 'c']);
});

it('goes on where the file has no room, cannot be written, or cannot be made', async () => {
  const journal = await openLmdbJournalBeside({ path });
  const broken = (write: WrittenAhead['write']): AheadLine => {
    const file: WrittenAhead = { write, empty: () => undefined, wipe: () => undefined };
    return new AheadLine(journal.aheadLine(), () => ({ file, held: [] }));
  };
  await broken(() => false).append([entry('full')]);
  const fail = () => {
    throw new Error('EIO');
  };
  await broken(fail).append([entry('failing')]);
  await new AheadLine(journal.aheadLine(), () => null).append([entry('none')]);
  expect(await idsIn(journal)).toEqual(['full', 'failing', 'none']);
  await journal.close();
});
