/** A file read piece by piece into what makes sense of it. */

import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { EngineError } from '#domain';
import type { FileReader } from '#evaluation';

const PIECE_BYTES = 2 ** 20;

/**
 * Reads a file, as it is or compressed with gzip.
 * @throws {EngineError} unreadable_file, also when the file cannot be opened; and what the reader throws.
 */
export const readInto = async <T>(path: string, reader: FileReader<T>): Promise<T> => {
  const file = await opened(path);
  try {
    const pieces = [new Uint8Array(PIECE_BYTES), new Uint8Array(PIECE_BYTES)];
    const first = await readPiece(path, file, pieces[0]!);
    if (isGzip(first)) await unpackInto(path, reader);
    else await readRest(path, file, reader, pieces, first);
    return reader.end();
  } finally {
    await file.close();
  }
};

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** One piece is read while the one before is made sense of. */
const readRest = async <T>(
  path: string,
  file: FileHandle,
  reader: FileReader<T>,
  pieces: readonly Uint8Array[],
  first: Uint8Array,
): Promise<void> => {
  let piece = first;
  for (let n = 1; piece.length > 0; n++) {
    const next = readPiece(path, file, pieces[n % 2]!);
    // A fault of the file is met when its piece is waited for, also after the reader refused this one.
    next.catch(() => undefined);
    reader.push(piece);
    piece = await next;
  }
};

const unpackInto = async <T>(path: string, reader: FileReader<T>): Promise<void> => {
  let fault: unknown;
  const push = async (pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const piece of pieces) {
      try {
        reader.push(piece);
      } catch (error) {
        fault = error;
        throw error;
      }
    }
  };
  try {
    await pipeline(createReadStream(path), createGunzip(), push);
  } catch (cause) {
    // What the reader says of the content is said already; the rest is the file's.
    throw fault ?? unreadable(path, cause);
  }
};

const opened = (path: string): Promise<FileHandle> =>
  open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });

/** The next bytes of the file, none at its end. */
const readPiece = async (path: string, file: FileHandle, room: Uint8Array): Promise<Uint8Array> => {
  try {
    const { bytesRead } = await file.read(room, 0, room.length);
    return room.subarray(0, bytesRead);
  } catch (cause) {
    throw unreadable(path, cause);
  }
};

const unreadable = (path: string, cause: unknown): EngineError => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError('unreadable_file', `${path} cannot be read: ${reason}`, { cause });
};
