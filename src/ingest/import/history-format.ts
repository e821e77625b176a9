/** What a format of import is: which files of an export are its own, and what each of their rows says. */

import type { ItemType } from '#domain';
import type { RowNote, RowOutcome } from './row-outcome.ts';
import type { SourceFile } from './source-file.ts';
import type { EncodingNote } from './utf8-text.ts';

/** Things worth knowing about files, counted as the rows' notes are. */
export type FileNote =
  | EncodingNote
  /** Beside the history in the same export, and not part of it. */
  | 'files_ignored'
  /** Columns that no field is mapped to. */
  | 'columns_ignored'
  /** Items of rows that the intake refused; the events themselves were taken. */
  | 'items_refused';

export type ImportNote = RowNote | FileNote;

/** What a format may know and do while it reads. */
export interface FormatContext {
  /** Whose history it is, where the rows do not say. */
  readonly userId: string;
  /** Where the user was, for every event of the import. */
  readonly timeZone: string | undefined;
  /** Type of ids that come without one. */
  readonly itemType: ItemType;
  /** Our field → the file's column. */
  readonly map: Readonly<Record<string, string>>;
  note(note: ImportNote, count?: number): void;
  /** The file's text in UTF-8. @throws {EngineError} unreadable_file when the bytes end in a fault. */
  text(file: SourceFile): AsyncIterable<Buffer>;
  /** The same for a first look at a file that is read again: it does not count as progress. */
  unmetered(file: SourceFile): AsyncIterable<Buffer>;
  /** Says how far a reader is that does not read through `text`. */
  advance(bytes: number): void;
}

export interface HistoryFormat {
  /**
   * The files to read, in order.
   * @throws {EngineError} unreadable_file none of them is of this format.
   */
  select(files: readonly SourceFile[]): Promise<readonly SourceFile[]>;
  /** One outcome a row, in order. @throws {EngineError} unreadable_file the file is not what its format says. */
  rows(file: SourceFile): AsyncIterable<readonly RowOutcome[]>;
}

export type OpenFormat = (context: FormatContext) => HistoryFormat;
