import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '#domain';
import type { JournalEntry } from '../journal.ts';
import { LmdbJournal } from './lmdb-journal.ts';
import type { LmdbTables } from './mapped-tables.ts';
import { openTables } from './open-lmdb-journal.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const entry = (n: number): JournalEntry => ({
  kind: 'play',
  userId: `u${n % 2}` as UserId,
  eventId: `e${n}` as JournalEntry['eventId'],
  row: JSON.stringify({ n }),
});

/** A journal whose environment fails this many transactions when all of each is done, as LMDB does: nothing of it stays. */
const stumbling = (failures: { left: number }, code: number): LmdbJournal => {
  const open = (): LmdbTables => {
    const tables = openTables(path);
    const { environment } = tables;
    const transact = environment.transactionSync.bind(environment);
    environment.transactionSync = (work) =>
      transact(() => {
        const done = work();
        if (failures.left-- > 0) throw Object.assign(new Error('MDB_NOTFOUND'), { code });
        return done;
      });
    return tables;
  };
  return new LmdbJournal({ path, open, unlock: () => undefined });
};

describe('a transaction in which LMDB stumbles', () => {
  it('is tried once more, and what it stores or removes counts once', async () => {
    const failures = { left: 0 };
    const journal = stumbling(failures, -30_798);
    failures.left = 1;
    const appended = await journal.append([entry(1), entry(2), entry(3)]);
    expect(appended.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(journal.status()).toMatchObject({ first: 1, next: 4 });
    failures.left = 1;
    expect(await journal.eraseUsers(['u1' as UserId])).toBe(2);
    expect((await journal.read(1, 10)).map(({ eventId }) => eventId)).toEqual(['e2']);
    await journal.close();
  });

  it('twice is refused, and stores nothing', async () => {
    const failures = { left: 0 };
    const journal = stumbling(failures, -30_798);
    failures.left = 2;
    await expect(journal.append([entry(1)])).rejects.toThrow('MDB_NOTFOUND');
    expect(await journal.read(1, 10)).toEqual([]);
    expect(await journal.append([entry(1)])).toEqual([{ outcome: 'accepted', sequence: 1 }]);
    await journal.close();
  });

  it('for lack of room is not tried again', async () => {
    const failures = { left: 0 };
    const journal = stumbling(failures, -30_792);
    failures.left = 1;
    await expect(journal.append([entry(1)])).rejects.toMatchObject({ code: 'disk_full' });
    expect(failures.left).toBe(0);
    await journal.close();
  });
});
