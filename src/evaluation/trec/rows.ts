/** Lines of fields parted by white space, as byte ranges of the chunk at hand: nothing is made into text that need not. */

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

/** A line: where each field begins and ends (exclusive) in `bytes`. */
export interface Fields {
  bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

const NEWLINE = 10;
const HASH = 35;

/** Above it no byte is white space: the common case, told without the table. */
const HIGHEST_SPACE = 32;
/** Kind of each byte: of a word, white space within a line (C's isspace), end of a line. */
const WORD = 0;
const BLANK = 1;
const END = 2;
const KINDS = new Uint8Array(256);
for (const byte of [9, 11, 12, 13, 32]) KINDS[byte] = BLANK;
KINDS[NEWLINE] = END;

/** Takes a file piece by piece and calls `onRow` for each line that is no comment; the fields are those of that line. */
export class RowScanner {
  readonly #name: string;
  readonly #layout: Layout;
  readonly #onRow: (fields: Fields) => void;
  readonly #fields: Fields;
  /** The line that the pieces so far broke off in. */
  #rest = new Uint8Array(0);
  #line = 0;
  #rows = 0;

  constructor(name: string, layout: Layout, onRow: (fields: Fields) => void) {
    this.#name = name;
    this.#layout = layout;
    this.#onRow = onRow;
    const wanted = layout.fields.length;
    this.#fields = { bytes: this.#rest, starts: new Uint32Array(wanted), ends: new Uint32Array(wanted) };
  }

  /** The next bytes of the file; they may break off anywhere. @throws {EngineError} unreadable_file, naming the line. */
  push(bytes: Uint8Array): void {
    const first = bytes.indexOf(NEWLINE) + 1;
    if (first === 0) {
      this.#rest = joined(this.#rest, bytes);
      return;
    }
    if (this.#rest.length > 0) this.#scan(joined(this.#rest, bytes.subarray(0, first)));
    const last = bytes.lastIndexOf(NEWLINE) + 1;
    this.#scan(bytes.subarray(this.#rest.length > 0 ? first : 0, last));
    this.#rest = bytes.slice(last);
  }

  /** @throws {EngineError} unreadable_file, also when there was no row. */
  end(): void {
    if (this.#rest.length > 0) this.#scan(joined(this.#rest, Uint8Array.of(NEWLINE)));
    if (this.#rows > 0) return;
    const fields = this.#layout.fields.join(' ');
    throw new EngineError('unreadable_file', `${this.#name} has no rows: expected lines of ${fields}`);
  }

  /** Whole lines: the last byte is a newline, which ends every loop. */
  #scan(bytes: Uint8Array): void {
    this.#fields.bytes = bytes;
    for (let at = 0; at < bytes.length; ) {
      this.#line++;
      at = bytes[at] === HASH ? lineEnd(bytes, at) : this.#take(bytes, at);
    }
  }

  /** Reads the line that begins at `at` and gives the beginning of the next. */
  #take(bytes: Uint8Array, at: number): number {
    const { blankLines, more } = this.#layout;
    const { starts, ends } = this.#fields;
    const wanted = starts.length;
    let found = 0;
    let position = at;
    for (;;) {
      while (KINDS[bytes[position]!] === BLANK) position++;
      if (bytes[position] === NEWLINE || found === wanted) break;
      starts[found] = position;
      while (bytes[position]! > HIGHEST_SPACE || KINDS[bytes[position]!] === WORD) position++;
      ends[found++] = position;
    }
    const next = lineEnd(bytes, position);
    if (blankLines && (found === 0 || bytes[starts[0]!] === HASH)) return next;
    const tooMany = bytes[position] !== NEWLINE && !more;
    if (found < wanted || tooMany) throw this.#wrongCount(found, tooMany);
    this.#onRow(this.#fields);
    this.#rows++;
    return next;
  }

  #wrongCount(found: number, tooMany: boolean): EngineError {
    const { fields, more } = this.#layout;
    const count = tooMany ? `more than ${fields.length}` : String(found);
    const shape = `${fields.join(' ')}${more ? ', and what you like after it' : ''}`;
    return new EngineError(
      'unreadable_file',
      `line ${this.#line} of ${this.#name} has ${count} fields: expected ${shape}`,
    );
  }
}

/** The beginning of the line after the one that `at` is in. */
const lineEnd = (bytes: Uint8Array, at: number): number => {
  let position = at;
  while (bytes[position] !== NEWLINE) position++;
  return position + 1;
};

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** A file on its way in. */
export interface FileReader<T> {
  /** The next bytes of the file, which may break off anywhere. @throws {EngineError} unreadable_file. */
  readonly push: (bytes: Uint8Array) => void;
  /** What the file said. @throws {EngineError} unreadable_file. */
  readonly end: () => T;
}

/** Reads a file that is there whole. @throws {EngineError} unreadable_file. */
export const readWhole = <T>({ bytes }: TextFile, reader: FileReader<T>): T => {
  reader.push(bytes);
  return reader.end();
};
