/** Opens the journal in a folder: the databases, the lock, and the counters kept beside the records. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import type { Journal } from '../journal.ts';
import { takeInAhead } from './ahead-file.ts';
import { dropFresh } from './fresh-file.ts';
import { JournalBeside } from './journal-beside.ts';
import { LmdbJournal } from './lmdb-journal.ts';
import type { LmdbTables } from './mapped-tables.ts';
import { lockProcess } from './process-lock.ts';
import { RecordTable } from './record-table.ts';

export interface LmdbJournalOptions {
  /** Folder of the journal; made if need be. */
  readonly path: string;
}

/**
 * The embedded journal, in this thread: a commit holds it until the disk has it.
 * @throws {EngineError} conflict another process has it open.
 */
export const openLmdbJournal = (options: LmdbJournalOptions): Promise<Journal> =>
  withLock(options, async (path, unlock) => openTablesOf(path, unlock));

/**
 * The same in a thread of its own, so that whoever answers in this one never waits for the disk.
 * @throws {EngineError} conflict another process has it open.
 */
export const openLmdbJournalBeside = (options: LmdbJournalOptions): Promise<JournalBeside> =>
  withLock(options, (path, unlock) => JournalBeside.open(path, unlock));

/** The journal whose lock somebody else holds. */
export const openTablesOf = (path: string, unlock: () => void): LmdbJournal => {
  dropFresh(path);
  return new LmdbJournal({ path, open: () => openTables(path), unlock });
};

const withLock = async <Opened extends Journal>(
  { path }: LmdbJournalOptions,
  open: (path: string, unlock: () => void) => Promise<Opened>,
): Promise<Opened> => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const unlock = lockProcess(join(path, 'journal.lock'));
  let journal: Opened;
  try {
    journal = await open(path, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
  try {
    await takeInAhead(path, (entries) => journal.append(entries));
    return journal;
  } catch (error) {
    await journal.close();
    throw error;
  }
};

export const openTables = (path: string): LmdbTables => {
  // Without overlappingSync a commit has reached the disk when it returns: that is what acknowledged means here.
  const environment = open({ path, noSubdir: false, overlappingSync: false, maxDbs: 4 });
  return {
    environment,
    records: new RecordTable(environment.openDB<Buffer, number>('records', { encoding: 'binary' })),
    identities: environment.openDB<Buffer, Buffer>('identities', { encoding: 'binary', keyEncoding: 'binary' }),
    spare: environment.openDB<Buffer, number>('spare', { encoding: 'binary' }),
    counters: environment.openDB<number, string>('counters', { encoding: 'msgpack' }),
  };
};
