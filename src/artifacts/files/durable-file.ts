/** Files that are on disk when the promise resolves, and files read once, hashed on the way. */

import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bytes that are hashed at once: about a millisecond. */
const PIECE = 2 ** 19;

/** Bytes that are read at once. */
const READ_BYTES = 8 * 2 ** 20;

/** Bytes that are on disk before more are written: whoever flushes a file of their own meanwhile waits for these, not for all. */
const FLUSHED = 8 * 2 ** 20;

/** In hex; in pieces, with room for others between them. */
export const sha256 = async (bytes: Uint8Array): Promise<string> => {
  const hash = createHash('sha256');
  await updateInPieces(hash, bytes);
  return hash.digest('hex');
};

const updateInPieces = async (hash: Hash, bytes: Uint8Array): Promise<void> => {
  for (let from = 0; from < bytes.length; from += PIECE) {
    hash.update(bytes.subarray(from, from + PIECE));
    await nextTurn();
  }
};

export interface HashedFile {
  /** Of a file cut short, what is there. */
  readonly bytes: Uint8Array;
  /** In hex. */
  readonly sha256: string;
}

/** Memory that threads share, so that what is made of a file goes to another thread without a copy. */
const allocateShared = (bytes: number): Uint8Array<SharedArrayBuffer> => new Uint8Array(new SharedArrayBuffer(bytes));

/** Reads into what is allocated for the file's size. What was read is hashed while the next is. */
export const readHashed = async (path: string, allocate = allocateShared): Promise<HashedFile> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = allocate(size);
    const hash = createHash('sha256');
    let done = 0;
    let hashing: Promise<void> = Promise.resolve();
    while (done < size) {
      const { bytesRead } = await file.read(bytes, done, Math.min(size - done, READ_BYTES), done);
      if (bytesRead === 0) break;
      await hashing;
      hashing = updateInPieces(hash, bytes.subarray(done, done + bytesRead));
      done += bytesRead;
    }
    await hashing;
    return { bytes: bytes.subarray(0, done), sha256: hash.digest('hex') };
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
