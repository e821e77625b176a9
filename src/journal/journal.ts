/** The durable, ordered intake. What it has acknowledged is on disk; it keeps each record until the warehouse has it. */

import type { EventKind, UserId } from '#domain';

/** Position in the journal: 1, 2, 3 … without gaps, never used twice. */
export type Sequence = number;

/** `item` is a catalogue entry; every other kind is a listener event. */
export type RecordKind = EventKind | 'item';

/** How what the warehouse has is carried away: as fast as it goes, or in steps with pauses, so that nothing that comes waits for it. */
export type Pace = 'at_once' | 'in_steps';

export interface JournalEntry {
  readonly kind: RecordKind;
  /** Whose it is; items belong to nobody and leave it empty. */
  readonly userId: UserId | '';
  /** With `userId` the identity of the entry: the second one of a pair is a repeat and is not stored. */
  readonly eventId: string;
  /**
   * Of things that change and belong to nobody: the state this entry brings. Then only an entry with the version of the last one is a
   * repeat, so that A, B, A is stored three times and A, A once.
   */
  readonly version?: string;
  /** The row of the table of its kind: one JSON line. */
  readonly row: string;
}

export interface JournalRecord extends Omit<JournalEntry, 'version' | 'row'> {
  readonly sequence: Sequence;
  /** The row in UTF-8, as it is stored: most are carried on as they are and never become text. */
  readonly row: Buffer;
}

export type Appended = { readonly outcome: 'accepted'; readonly sequence: Sequence } | { readonly outcome: 'repeated' };

export interface JournalStatus {
  /** First record kept and the one that comes next; equal when everything has been trimmed. */
  readonly first: Sequence;
  readonly next: Sequence;
  readonly bytes: number;
}

export interface Journal {
  /**
   * Stores the entries, all or none, and resolves when they are on disk. One outcome per entry, in order.
   * @throws {EngineError} disk_full nothing of the batch was stored.
   */
  append(entries: readonly JournalEntry[]): Promise<readonly Appended[]>;
  /** Records from `from` on, oldest first, at most `limit`; those of one listener alone when one is named. */
  read(from: Sequence, limit: number, userId?: UserId): Promise<readonly JournalRecord[]>;
  /** Drops the records before `before`, in steps if nothing is said; their identities stay, so that a late repeat is still known. */
  trim(before: Sequence, pace?: Pace): Promise<void>;
  /**
   * Removes all records and identities of these users, and what was kept of records that are gone already; returns how many records
   * went. What is appended meanwhile waits for it, but where nobody is known by anything.
   * @throws {EngineError} disk_full, internal: the message says what is left.
   */
  eraseUsers(userIds: readonly UserId[]): Promise<number>;
  /** As `eraseUsers`, of everyone: an empty journal whose sequence goes on. */
  clear(): Promise<void>;
  /**
   * As it stood when the last call was answered.
   * @throws {EngineError} unavailable when the journal has failed and takes nothing more.
   */
  status(): JournalStatus;
  close(): Promise<void>;
}
