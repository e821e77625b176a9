/**
 * Entries that outlive the process before the journal has them: a file that is allocated as a whole and written from its beginning,
 * again and again, as what it holds comes into the journal. Nothing grows, so that one write is all that an entry waits for. The
 * system has it then, whatever becomes of the process; of a machine that loses its power the journal is the memory.
 *
 *   file     batch, batch …; ends with the first that is not whole, or was written in an earlier round
 *   batch    length of the entries u32 · their CRC-32 u32 · round u32 · entries
 *   entry    length u32 · bytes of the record
 */

import { randomInt } from 'node:crypto';
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
  writevSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { EngineError } from '#domain';
import type { Journal, JournalEntry } from '../journal.ts';
import { isDiskFull, isNoRoom } from './disk-errors.ts';
import { fromBytes, toBytes } from './record-bytes.ts';

/** Some three hundred slates: seconds of many homes, should the journal be that late. */
const FILE_BYTES = 8 * 2 ** 20;
const LENGTH_BYTES = 4;
const HEADER_BYTES = 12;
const ROUNDS = 2 ** 32;
const NO_BATCH = Buffer.alloc(LENGTH_BYTES);

/** Of things that never change: no version is kept. */
export type AheadEntry = Omit<JournalEntry, 'version'>;

export class AheadFile {
  readonly #file: number;
  readonly #size: number;
  /** Where the next batch goes. */
  #end: number;
  /** Beyond it nothing was written, or tried to be, since the file was wiped. */
  #highest: number;
  #round: number;

  private constructor(file: number, size: number, { end, round }: Held) {
    this.#file = file;
    this.#size = size;
    this.#end = end;
    this.#highest = size;
    this.#round = round ?? randomInt(ROUNDS);
  }

  /**
   * Opens the file, or makes it, and tells what it holds. One that cannot grow stays as large as it is. Throws what the system says, as that
   * there is no room for a new one.
   */
  static open(
    path: string,
    size: number = FILE_BYTES,
  ): { readonly file: AheadFile; readonly held: readonly AheadEntry[] } {
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      const allocated = allocate(file, path, size);
      const held = read(readFileSync(path));
      return { file: new AheadFile(file, allocated, held), held: held.entries };
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** The system has them when it returns, all or none; false where there is no room for them. Throws what the system says. */
  write(entries: readonly AheadEntry[]): boolean {
    if (entries.length === 0) return true;
    const bytes = entries.map(toBytes);
    const length = bytes.reduce((sum, each) => sum + LENGTH_BYTES + each.length, 0);
    if (this.#end + HEADER_BYTES + length > this.#size) return false;
    const parts = bytes.flatMap((each) => [u32(each.length), each]);
    const checksum = parts.reduce((sum, part) => crc32(part, sum), 0);
    // Before: of what is not written as a whole some may be there.
    this.#highest = Math.max(this.#highest, this.#end + HEADER_BYTES + length);
    writeWhole(this.#file, [u32(length), u32(checksum), u32(this.#round), ...parts], this.#end);
    this.#end += HEADER_BYTES + length;
    return true;
  }

  /** What it holds is in the journal. */
  empty(): void {
    this.#end = 0;
    this.#round = randomInt(ROUNDS);
    writeSync(this.#file, NO_BATCH, 0, LENGTH_BYTES, 0);
  }

  /** As `empty`; the bytes are gone from the disk when it returns. */
  wipe(): void {
    writeWhole(this.#file, [Buffer.alloc(this.#highest)], 0);
    fdatasyncSync(this.#file);
    this.#end = 0;
    this.#highest = 0;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** In the folder of a journal. */
export const aheadPath = (folder: string): string => join(folder, 'ahead');

/**
 * Brings what a killed process left in the file into the journal. Where that has no room it stays, for a later start.
 * @throws {EngineError} as `append`.
 */
export const takeInAhead = async (folder: string, append: Journal['append']): Promise<void> => {
  const path = aheadPath(folder);
  const held = readAhead(path);
  try {
    await append(held);
  } catch (error) {
    if (isDiskFull(error)) return;
    throw error;
  }
  rmSync(path, { force: true });
};

const readAhead = (path: string): readonly AheadEntry[] => {
  try {
    return read(readFileSync(path)).entries;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new EngineError('internal', `${path} may hold what was answered last, and cannot be read: ${message}`, {
      cause,
    });
  }
};

/** Bytes that the file has room for by now. */
const allocate = (file: number, path: string, size: number): number => {
  const before = fstatSync(file).size;
  if (before >= size) return before;
  try {
    writeWhole(file, [Buffer.alloc(size - before)], before);
    fdatasyncSync(file);
    return size;
  } catch (error) {
    if (before > 0 && isNoRoom(error)) return before;
    if (before === 0) rmSync(path, { force: true });
    throw error;
  }
};

interface Held {
  readonly entries: readonly AheadEntry[];
  readonly end: number;
  /** Of the batches; undefined where there are none. */
  readonly round: number | undefined;
}

const read = (bytes: Buffer): Held => {
  const held: AheadEntry[] = [];
  let round: number | undefined;
  let end = 0;
  while (end + HEADER_BYTES <= bytes.length) {
    const [length, checksum, ofRound] = [0, 1, 2].map((n) => bytes.readUInt32LE(end + n * LENGTH_BYTES)) as Header;
    const entries = bytes.subarray(end + HEADER_BYTES, end + HEADER_BYTES + length);
    if (length === 0 || entries.length < length || crc32(entries) !== checksum) break;
    round ??= ofRound;
    if (ofRound !== round) break;
    held.push(...readEntries(entries));
    end += HEADER_BYTES + length;
  }
  return { entries: held, end, round };
};

type Header = [length: number, checksum: number, round: number];

const readEntries = (bytes: Buffer): AheadEntry[] => {
  const entries: AheadEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    const { sequence: _, row, ...ids } = fromBytes(0, bytes.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length));
    entries.push({ ...ids, row: row.toString() });
    at += LENGTH_BYTES + length;
  }
  return entries;
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.allocUnsafe(LENGTH_BYTES);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

const writeWhole = (file: number, parts: readonly Buffer[], at: number): void => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const written = writevSync(file, parts, at);
  if (written < length)
    throw Object.assign(new Error(`${written} of ${length} bytes were written`), { code: 'ENOSPC' });
};
