/** Lines of fields parted by white space, as byte ranges: nothing is copied, so a run of millions of lines stays cheap. */

import { EngineError } from '#domain';

/** A file's content with the name that messages call it by. */
export interface TextFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How a kind of file is laid out. */
export interface Layout {
  /** Its fields in words, for messages. */
  readonly fields: readonly string[];
  /** Whether more fields may follow, unread. */
  readonly more: boolean;
  /** Whether blank lines and indented comments are passed over, as in trec_eval's runs; else they are faults. */
  readonly blankLines: boolean;
}

/** Where each field of the line at hand begins and ends (exclusive). */
export interface Fields {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

const NEWLINE = 10;
const HASH = 35;

/**
 * Calls `onRow` for each line that is no comment (`#` first). The fields are overwritten by the next line.
 * @throws {EngineError} unreadable_file, with the number of the line that is wrong, or when there is no row.
 */
export const scanRows = ({ name, bytes }: TextFile, layout: Layout, onRow: (fields: Fields) => void): void => {
  const wanted = layout.fields.length;
  const fields: Fields = { starts: new Uint32Array(wanted), ends: new Uint32Array(wanted) };
  let rows = 0;
  let line = 0;
  for (let at = 0; at < bytes.length; at = lineEnd(bytes, at) + 1) {
    line++;
    if (bytes[at] === HASH) continue;
    const found = readFields(bytes, at, wanted, fields);
    if (layout.blankLines && (found === 0 || bytes[fields.starts[0]!] === HASH)) continue;
    if (found !== wanted && !(found > wanted && layout.more))
      throw wrongCount(`line ${line} of ${name}`, layout, found);
    onRow(fields);
    rows++;
  }
  if (rows === 0) {
    throw new EngineError('unreadable_file', `${name} has no rows: expected lines of ${layout.fields.join(' ')}`);
  }
};

/** Number of newlines, plus one: room enough for the rows of the file. */
export const countLines = (bytes: Uint8Array): number => {
  let count = 1;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
};

const lineEnd = (bytes: Uint8Array, at: number): number => {
  const end = bytes.indexOf(NEWLINE, at);
  return end === -1 ? bytes.length : end;
};

const wrongCount = (line: string, { fields, more }: Layout, found: number): EngineError => {
  const count = found > fields.length ? `more than ${fields.length}` : String(found);
  const shape = `${fields.join(' ')}${more ? ', and what you like after it' : ''}`;
  return new EngineError('unreadable_file', `${line} has ${count} fields: expected ${shape}`);
};

/** Fills `fields` from the line at `at` and gives the number of fields it has, wanted + 1 standing for more. */
const readFields = (bytes: Uint8Array, at: number, wanted: number, { starts, ends }: Fields): number => {
  let found = 0;
  let position = at;
  for (;;) {
    while (isBlank(bytes[position])) position++;
    if (position >= bytes.length || bytes[position] === NEWLINE) return found;
    if (found === wanted) return wanted + 1;
    starts[found] = position;
    while (position < bytes.length && !isSpace(bytes[position]!)) position++;
    ends[found++] = position;
  }
};

/** White space of C's isspace, the newline apart: tab, vertical tab, form feed, carriage return, space. */
const isBlank = (byte: number | undefined): boolean =>
  byte === 32 || byte === 9 || byte === 11 || byte === 12 || byte === 13;

const isSpace = (byte: number): boolean => byte === NEWLINE || isBlank(byte);
