/** Files that are on disk when the promise resolves, read in one go, and their hash. */

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bytes that are hashed at once: about a millisecond. */
const PIECE = 2 ** 19;

/** Bytes that are on disk before more are written: whoever flushes a file of their own meanwhile waits for these, not for all. */
const FLUSHED = 8 * 2 ** 20;

/** In hex; in pieces, with room for others between them. */
export const sha256 = async (bytes: Uint8Array): Promise<string> => {
  const hash = createHash('sha256');
  for (let from = 0; from < bytes.length; from += PIECE) {
    hash.update(bytes.subarray(from, from + PIECE));
    await nextTurn();
  }
  return hash.digest('hex');
};

/** The system gives no more than 2 GiB in one read. */
const MOST_READ = 2 ** 30;

/** In memory that threads share, so that what is made of it goes to another thread without a copy. Of a file cut short, what is there. */
export const readShared = async (path: string): Promise<Uint8Array> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    for (let from = 0; from < size; ) {
      const { bytesRead } = await file.read(bytes, from, Math.min(size - from, MOST_READ), from);
      if (bytesRead === 0) return bytes.subarray(0, from);
      from += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
};

export const writeFlushed = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    for (let from = 0; from < bytes.length; from += FLUSHED) {
      await file.writeFile(bytes.subarray(from, from + FLUSHED));
      await file.datasync();
    }
    await file.sync();
  } finally {
    await file.close();
  }
};

/** A new name in a folder is on disk only when the folder is. */
export const flushFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
