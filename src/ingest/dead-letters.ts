/**
 * What was refused, with the reason, in NDJSON files of a folder: appended to, begun anew at a size, the oldest removed
 * when there are too many. For people to look at; nothing reads them back in.
 */

import { appendFile, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, EpochMs, FieldError, UserId } from '#domain';

export interface DeadLetter {
  /** Who refused it: the intake of events or items, or the warehouse. An import names its format instead. */
  readonly origin?: 'events' | 'items' | 'warehouse';
  readonly format?: string;
  /** File and 1-based row of an import. */
  readonly file?: string;
  readonly row?: number;
  /** Whose it is, where no entry says so: they can have it erased. */
  readonly userId?: string;
  readonly fields: readonly FieldError[];
  /** The entry as it came; cut where it is long. */
  readonly entry?: unknown;
}

export interface StoredLetter extends DeadLetter {
  readonly at: EpochMs;
}

export interface DeadLettersOptions {
  /** Folder of the files; made if need be. */
  readonly path: string;
  readonly clock: Clock;
  /** A file is closed at this size and a new one begun. */
  readonly maxFileBytes?: number;
  /** All files together stay below this and one file more; the oldest go first. */
  readonly maxTotalBytes?: number;
}

export interface DeadLetters {
  readonly path: string;
  /** Resolves when the letter is in its file. */
  write(letter: DeadLetter): Promise<void>;
  writeAll(letters: readonly DeadLetter[]): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<readonly StoredLetter[]>;
  /** Letters in the files now. */
  count(): number;
  /** Removes the letters whose entry is of this user; how many went. */
  eraseUser(userId: UserId): Promise<number>;
  clear(): Promise<void>;
}

const MAX_FILE_BYTES = 16 * 2 ** 20;
const MAX_TOTAL_BYTES = 256 * 2 ** 20;
/** Longest entry kept whole, in characters of JSON. */
const MAX_ENTRY = 16_384;
const FILE = /^dead-letters-(\d{6})\.ndjson$/;
/** Ends the name of what a file is replaced by, until it is whole. */
const UNFINISHED = '.new';

const fileName = (index: number): string => `dead-letters-${String(index).padStart(6, '0')}.ndjson`;

export const openDeadLetters = async (options: DeadLettersOptions): Promise<DeadLetters> => {
  await mkdir(options.path, { recursive: true, mode: 0o700 });
  const files: LetterFile[] = [];
  const entries = await readdir(options.path, { withFileTypes: true });
  // A kill left it: nobody would erase anything from it.
  for (const { name } of entries.filter((entry) => entry.isFile() && isUnfinished(entry.name)))
    await rm(join(options.path, name), { force: true });
  for (const { name } of entries.filter((entry) => entry.isFile() && FILE.test(entry.name)).sort(byName)) {
    const bytes = await endAtLine(join(options.path, name));
    const lines = await readLines(join(options.path, name));
    files.push({ index: Number(FILE.exec(name)?.[1]), bytes, letters: lines.length });
  }
  return new LetterFiles(options, files);
};

interface LetterFile {
  readonly index: number;
  bytes: number;
  letters: number;
}

class LetterFiles implements DeadLetters {
  readonly path: string;
  readonly #options: Required<DeadLettersOptions>;
  #files: LetterFile[];
  /** Every change waits for the one before it: lines of two writers never mix. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: DeadLettersOptions, files: LetterFile[]) {
    this.path = options.path;
    this.#options = { maxFileBytes: MAX_FILE_BYTES, maxTotalBytes: MAX_TOTAL_BYTES, ...options };
    this.#files = files;
  }

  write(letter: DeadLetter): Promise<void> {
    return this.writeAll([letter]);
  }

  writeAll(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return Promise.resolve();
    const at = this.#options.clock.now();
    const text = letters.map((letter) => `${lineOf(letter, at)}\n`).join('');
    return this.#next(() => this.#append(text, letters.length));
  }

  list(limit: number): Promise<readonly StoredLetter[]> {
    return this.#next(async () => {
      const found: StoredLetter[] = [];
      for (const file of [...this.#files].reverse()) {
        if (found.length >= limit) break;
        const lines = await readLines(this.#pathOf(file));
        const letters = lines.reverse().map(readLetter);
        found.push(...letters.filter((letter) => letter !== null).slice(0, limit - found.length));
      }
      return found;
    });
  }

  count(): number {
    return this.#files.reduce((sum, { letters }) => sum + letters, 0);
  }

  eraseUser(userId: UserId): Promise<number> {
    return this.#next(async () => {
      let removed = 0;
      for (const file of this.#files) {
        const lines = await readLines(this.#pathOf(file));
        const kept = lines.filter((line) => !isOf(line, userId));
        if (kept.length === lines.length) continue;
        removed += lines.length - kept.length;
        await this.#replace(file, kept);
      }
      return removed;
    });
  }

  clear(): Promise<void> {
    return this.#next(async () => {
      for (const file of this.#files) await rm(this.#pathOf(file), { force: true });
      this.#files = [];
    });
  }

  async #append(text: string, letters: number): Promise<void> {
    let file = this.#files.at(-1);
    if (file === undefined || file.bytes >= this.#options.maxFileBytes) {
      file = { index: (file?.index ?? 0) + 1, bytes: 0, letters: 0 };
      this.#files.push(file);
    }
    await appendFile(this.#pathOf(file), text, { mode: 0o600 });
    file.bytes += Buffer.byteLength(text);
    file.letters += letters;
    await this.#dropOldest();
  }

  async #dropOldest(): Promise<void> {
    const total = () => this.#files.reduce((sum, { bytes }) => sum + bytes, 0);
    while (this.#files.length > 1 && total() > this.#options.maxTotalBytes) {
      await rm(this.#pathOf(this.#files[0]!), { force: true });
      this.#files.shift();
    }
  }

  async #replace(file: LetterFile, lines: readonly string[]): Promise<void> {
    const text = lines.map((line) => `${line}\n`).join('');
    const next = `${this.#pathOf(file)}${UNFINISHED}`;
    await writeFile(next, text, { mode: 0o600 });
    await rename(next, this.#pathOf(file));
    file.bytes = Buffer.byteLength(text);
    file.letters = lines.length;
  }

  #pathOf({ index }: LetterFile): string {
    return join(this.path, fileName(index));
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** Cuts off a last line that a kill left unfinished, so that the next one begins a line; the bytes that remain. */
const endAtLine = async (path: string): Promise<number> => {
  const content = await readFile(path);
  const end = content.lastIndexOf('\n') + 1;
  if (end < content.length) await truncate(path, end);
  return end;
};

const isUnfinished = (name: string): boolean =>
  name.endsWith(UNFINISHED) && FILE.test(name.slice(0, -UNFINISHED.length));

const readLines = async (path: string): Promise<string[]> => (await readFile(path, 'utf8')).split('\n').slice(0, -1);

const lineOf = ({ entry, userId, ...letter }: DeadLetter, at: EpochMs): string =>
  JSON.stringify({
    at,
    ...letter,
    ...(userId !== undefined && { user_id: userId }),
    ...(entry !== undefined && keptEntry(entry)),
  });

/** A long entry is kept as the beginning of its text, with the user it names, so that it can still be erased. */
const keptEntry = (entry: unknown): { entry: unknown; user_id?: unknown } => {
  const text = JSON.stringify(entry) ?? String(entry);
  if (text.length <= MAX_ENTRY) return { entry };
  return { entry: text.slice(0, MAX_ENTRY), user_id: userIn(entry) };
};

const userIn = (entry: unknown): unknown => (entry as { user_id?: unknown } | null)?.user_id;

/** A line that something else damaged may be of anyone, and is no use to anyone: it counts as this user's. */
const isOf = (line: string, userId: UserId): boolean => {
  const letter = readLetter(line);
  return letter === null || letter.user_id === userId || userIn(letter.entry) === userId;
};

const readLetter = (line: string): (StoredLetter & { user_id?: unknown }) | null => {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' ? (read as StoredLetter | null) : null;
  } catch {
    return null;
  }
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
