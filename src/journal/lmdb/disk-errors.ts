/** What LMDB says when there is no room, as the error the intake answers with. */

import { statfsSync } from 'node:fs';
import { EngineError } from '#domain';

const MAP_FULL = -30792;
const ENOSPC = 28;
const EDQUOT = 122;
/** The file may not grow: a quota of the process. */
const EFBIG = 27;
/** LMDB reports a write that was cut short, which is what a full disk does, as an input/output error. */
const EIO = 5;
const NO_ROOM: ReadonlySet<unknown> = new Set([MAP_FULL, ENOSPC, EDQUOT, EFBIG, EIO, 'ENOSPC', 'EDQUOT']);

export const asEngineError = (error: unknown, folder: string): unknown => {
  const { code, message } = error as { code?: unknown; message?: string };
  if (!NO_ROOM.has(code)) return error;
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.round((bavail * bsize) / 2 ** 20);
  return new EngineError('disk_full', `the journal cannot write to ${folder} (${message}; ${free} MiB free)`, {
    cause: error,
  });
};
