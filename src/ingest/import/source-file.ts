/** The files of an export, wherever they lie: one file, a folder, a zip archive. */

import type { Readable } from 'node:stream';
import { EngineError } from '#domain';

export interface SourceFile {
  /** Path inside the export, with forward slashes. */
  readonly name: string;
  /** Bytes of its content, unpacked. */
  readonly size: number;
  /** When the file was last written, where known. */
  readonly modifiedAt: number;
  /** Where it lies on disk; null inside an archive. */
  readonly path: string | null;
  open(): Promise<Readable>;
}

export interface Source {
  readonly files: readonly SourceFile[];
  close(): void;
}

export interface SourceLimits {
  /** Files in a folder or archive. */
  readonly maxFiles: number;
  /** Unpacked bytes of all files of an archive together. */
  readonly maxUnpackedBytes: number;
  /** Unpacked over packed size of one entry of 16 MiB or more. */
  readonly maxRatio: number;
}

/** Exports unpack to about ten times their size; deflate itself ends at 1032. */
export const SOURCE_LIMITS: SourceLimits = { maxFiles: 20_000, maxUnpackedBytes: 64 * 2 ** 30, maxRatio: 200 };

export const unreadable = (message: string, cause?: unknown): EngineError =>
  new EngineError('unreadable_file', message, { cause });

/** The file's name without its folders. */
export const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** 1, 2, … 10 in this order, as exports number their parts. */
export const inNaturalOrder = (files: readonly SourceFile[]): readonly SourceFile[] =>
  files.toSorted((a, b) => compareNames(a.name, b.name));

const names = new Intl.Collator('en', { numeric: true });
const compareNames = (a: string, b: string): number => names.compare(a, b) || (a < b ? -1 : Number(a > b));

/** The first bytes of the file, at most `bytes`. */
export const peek = async (file: SourceFile, bytes: number): Promise<Buffer> => {
  const stream = await file.open();
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length >= bytes) break;
    }
  } catch (cause) {
    throw unreadable(`${file.name} cannot be read: ${(cause as Error).message}`, cause);
  }
  return Buffer.concat(parts).subarray(0, bytes);
};

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'a zip archive'],
  ['PK\u0005\u0006', 'an empty zip archive'],
  ['PAR1', 'a Parquet file'],
  ['%PDF', 'a PDF document'],
  ['\u001f\u008b', 'a gzip archive'],
  ['SQLite', 'an SQLite database'],
  ['\u00ff\u00fe', 'UTF-16 text'],
  ['\u00fe\u00ff', 'UTF-16 text'],
  ['7z', 'a 7z archive'],
];

/** What the bytes look like, in words that show none of the content. */
export const describeContent = (head: Buffer): string => {
  if (head.length === 0) return 'an empty file';
  const start = head.toString('latin1', 0, 512);
  const signature = SIGNATURES.find(([mark]) => start.startsWith(mark));
  if (signature !== undefined) return signature[1];
  const text = start.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (text.startsWith('[')) return 'a JSON list';
  if (text.startsWith('{')) return 'a JSON object';
  if (/^<(?:!doctype|html|\?xml)/i.test(text)) return 'an HTML or XML page';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text.
  return /[\u0000-\u0008\u000e-\u001a]/.test(start) ? 'binary data' : 'plain text';
};
