/** What LMDB's errors mean: no room, as the error the intake answers with, or a transaction that may be tried again. */

import { statfsSync } from 'node:fs';
import { EngineError } from '#domain';

const MAP_FULL = -30792;
const ENOSPC = 28;
const EDQUOT = 122;
/** The file may not grow: a quota of the process. */
const EFBIG = 27;
/** LMDB reports a write that was cut short, which is what a full disk does, as an input/output error. */
const EIO = 5;
const NO_ROOM: ReadonlySet<unknown> = new Set([MAP_FULL, ENOSPC, EDQUOT, EFBIG, EIO, 'ENOSPC', 'EDQUOT', 'EFBIG']);

/** LMDB's own codes, of its pages and transactions. */
const LMDB_CODES = { least: -30_799, most: -30_700 };

/**
 * Whether LMDB stumbled over its list of free pages: rarely, while old records are removed under load, it takes a moved node
 * for the next one. The transaction is undone as a whole, and another reads the list afresh.
 */
export const isStumble = (error: unknown): boolean => {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' && code >= LMDB_CODES.least && code <= LMDB_CODES.most && code !== MAP_FULL;
};

/** Of LMDB or of the system. */
export const isNoRoom = (error: unknown): boolean => NO_ROOM.has((error as { code?: unknown }).code);

export const asEngineError = (error: unknown, folder: string): unknown => {
  const { message } = error as { message?: string };
  if (!isNoRoom(error)) return error;
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.round((bavail * bsize) / 2 ** 20);
  return new EngineError('disk_full', `the journal cannot write to ${folder} (${message}; ${free} MiB free)`, {
    cause: error,
  });
};

export const isDiskFull = (error: unknown): boolean => error instanceof EngineError && error.code === 'disk_full';
