/** A file read piece by piece into what makes sense of it. */

import { type FileHandle, open } from 'node:fs/promises';
import { EngineError } from '#domain';
import type { FileReader } from '#evaluation';

const PIECE_BYTES = 2 ** 20;

/**
 * One piece is read while the one before is made sense of.
 * @throws {EngineError} unreadable_file, also when the file cannot be opened; and what the reader throws.
 */
export const readInto = async <T>(path: string, reader: FileReader<T>): Promise<T> => {
  const file = await opened(path);
  try {
    const pieces = [new Uint8Array(PIECE_BYTES), new Uint8Array(PIECE_BYTES)];
    let next = readPiece(path, file, pieces[0]!);
    for (let n = 1; ; n++) {
      const piece = await next;
      if (piece.length === 0) return reader.end();
      next = readPiece(path, file, pieces[n % 2]!);
      // A fault of the file is met when its piece is waited for, also after the reader refused this one.
      next.catch(() => undefined);
      reader.push(piece);
    }
  } finally {
    await file.close();
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
