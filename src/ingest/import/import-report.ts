/** What an import did, so that every row can be accounted for. */

import type { EpochMs } from '#domain';
import type { ImportNote } from './history-format.ts';
import type { DropReason } from './row-outcome.ts';

export const IMPORT_FORMATS = ['spotify', 'listenbrainz', 'lastfm', 'plays', 'items'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/**
 * Every row is in exactly one place: `rows` = `taken` + `repeated` + the sum of `dropped` + `deadLetters.count`.
 * A file whose rest cannot be read adds one row, and that row is a dead letter.
 */
export interface ImportReport {
  readonly format: ImportFormat;
  readonly files: number;
  readonly rows: number;
  /** New to the journal. */
  readonly taken: number;
  /** There already, from an earlier import or an overlapping file. */
  readonly repeated: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Things worth knowing about what was kept; a row may have several. */
  readonly noted: Readonly<Partial<Record<ImportNote, number>>>;
  readonly deadLetters: { readonly count: number; readonly path: string | null };
  /** Of the events taken or repeated. */
  readonly firstAt: EpochMs | null;
  readonly lastAt: EpochMs | null;
  /** Distinct users of those events. */
  readonly users: number;
  /** Distinct items the rows told of; of format `items`, the rows taken or repeated. */
  readonly items: number;
  readonly seconds: number;
}

/** Counts while the import runs. */
export class ImportTally {
  rows = 0;
  taken = 0;
  repeated = 0;
  letters = 0;
  firstAt: EpochMs | null = null;
  lastAt: EpochMs | null = null;
  readonly dropped: Partial<Record<DropReason, number>> = {};
  readonly noted: Partial<Record<ImportNote, number>> = {};
  readonly users = new Set<string>();

  drop(reason: DropReason): void {
    this.dropped[reason] = (this.dropped[reason] ?? 0) + 1;
  }

  note(note: ImportNote, count = 1): void {
    if (count > 0) this.noted[note] = (this.noted[note] ?? 0) + count;
  }

  /** An event that is now in the journal. */
  event(userId: string, at: EpochMs): void {
    this.users.add(userId);
    this.firstAt = this.firstAt === null ? at : Math.min(this.firstAt, at);
    this.lastAt = this.lastAt === null ? at : Math.max(this.lastAt, at);
  }
}
