/** Opens the journal in a folder: the databases, the lock, and the counters kept beside the records. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import type { Journal } from '../journal.ts';
import { LmdbJournal, type LmdbTables } from './lmdb-journal.ts';
import { lockProcess } from './process-lock.ts';

export interface LmdbJournalOptions {
  /** Folder of the journal; made if need be. */
  readonly path: string;
}

/**
 * The embedded journal.
 * @throws {EngineError} conflict another process has it open.
 */
export const openLmdbJournal = async ({ path }: LmdbJournalOptions): Promise<Journal> => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const unlock = lockProcess(join(path, 'journal.lock'));
  try {
    return new LmdbJournal({ path, open: () => openTables(path), unlock });
  } catch (error) {
    unlock();
    throw error;
  }
};

const openTables = (path: string): LmdbTables => {
  // Without overlappingSync a commit has reached the disk when it returns: that is what acknowledged means here.
  const environment = open({ path, noSubdir: false, overlappingSync: false, maxDbs: 3 });
  return {
    environment,
    records: environment.openDB<Buffer, number>('records', { encoding: 'binary' }),
    identities: environment.openDB<Buffer, Buffer>('identities', { encoding: 'binary', keyEncoding: 'binary' }),
    counters: environment.openDB<number, string>('counters', { encoding: 'msgpack' }),
  };
};
