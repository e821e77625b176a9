/**
 * The file of a journal written anew, without what was removed from it. LMDB only lists the pages of removed rows as free, and
 * their text stays there until something else takes the page. A copy holds what the tables hold and nothing more.
 *
 *   fresh/data.mdb   the copy until it is whole; one that a kill left behind is no part of the journal
 */

import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { EngineError } from '#domain';

/** The counter that is 1 while the file holds what was erased. */
export const STALE = 'stale';

const FILE = 'data.mdb';
const folderOf = (path: string): string => join(path, 'fresh');

/** What the system says of a full disk; LMDB tells of a copy by its words alone. */
const NO_ROOM = /no space left|quota exceeded|file too large/i;

const stays = (path: string, cause: unknown): EngineError => {
  const { message } = cause as Error;
  const code = NO_ROOM.test(message) ? 'disk_full' : 'internal';
  const reason = `what was erased may still be found in ${join(path, FILE)}, which cannot be written anew (${message})`;
  return new EngineError(code, `${reason}: erase again`, { cause });
};

export const dropFresh = (path: string): void => rmSync(folderOf(path), { recursive: true, force: true });

/**
 * Copies the tables; the copy is on disk when this resolves. Nothing may be written meanwhile.
 * @throws {EngineError} disk_full, internal: there is no copy.
 */
export const copyFresh = async (environment: Pick<RootDatabase, 'backup'>, path: string): Promise<void> => {
  try {
    dropFresh(path);
    mkdirSync(folderOf(path), { mode: 0o700 });
    await environment.backup(folderOf(path), true);
    const file = await open(join(folderOf(path), FILE), 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    dropFresh(path);
    throw stays(path, cause);
  }
};

/**
 * Puts the copy in the place of the file, which must not be mapped. On disk when it returns: what is acknowledged from then on
 * is in the copy alone.
 */
export const takeFresh = (path: string): void => {
  renameSync(join(folderOf(path), FILE), join(path, FILE));
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
  dropFresh(path);
};
