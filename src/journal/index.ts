/**
 * The journal: where an event is safe. `append` acknowledges when the entries are on disk and tells repeats apart;
 * the warehouse writer reads from it in order and trims what the warehouse has.
 * It holds rows as text and knows nothing of what is in them. One process at a time.
 */

export type {
  Appended,
  Journal,
  JournalEntry,
  JournalRecord,
  JournalStatus,
  Pace,
  RecordKind,
  Sequence,
} from './journal.ts';
export { AheadLine } from './lmdb/ahead-line.ts';
export type { JournalBeside } from './lmdb/journal-beside.ts';
export { type JournalLineEnd, lineInto } from './lmdb/journal-line.ts';
export { type LmdbJournalOptions, openLmdbJournal, openLmdbJournalBeside } from './lmdb/open-lmdb-journal.ts';
export { assertRoom } from './room.ts';
