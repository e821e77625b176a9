/**
 * The journal on LMDB, with group commit: all appends that arrive in one turn of the event loop go to disk together.
 * Each commit holds its thread until the disk has it: a server opens the journal in a thread of its own (`journal-beside`).
 *
 *   records      sequence → record       what the warehouse does not have yet
 *   identities   hash(user) hash(event) → sequence   outlives the records, so that a late repeat is known
 *   counters     next, bytes             written in the same transaction as the records they count
 *
 * Transactions are synchronous on purpose: repeats are decided inside them, a failed commit leaves nothing behind, and
 * measured on 2 cores they take a third of the time of LMDB's own writer thread.
 *
 * LMDB maps its file, and pages once touched count as memory of this process until they are unmapped, however large the
 * file grows. So the file is mapped anew whenever `REMAP_BYTES` have gone through it: the pages stay in the cache of the
 * operating system, and the process stays small.
 */

import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Database, RootDatabase } from 'lmdb';
import { EngineError, type UserId } from '#domain';
import {
  type Appended,
  type Journal,
  type JournalEntry,
  type JournalRecord,
  type JournalStatus,
  LONG_TAIL,
  type Sequence,
} from '../journal.ts';
import { asEngineError, isStumble } from './disk-errors.ts';
import { afterPrefix, identityKey, identityValue, sequenceOf, userPrefix, versionHash, versionOf } from './identity.ts';
import { type Piece, PieceBuilder, recordsOf } from './piece.ts';
import { fromBytes, toBytes } from './record-bytes.ts';
import type { RecordTable } from './record-table.ts';

/** Entries a transaction: with more, what comes after them would wait too long; with fewer there are more disk flushes. */
const MAX_GROUP = 2000;
/** Records that go in one transaction: what is appended meanwhile waits for it. */
const TRIMMED_AT_ONCE = 250;
/** Between such transactions, so that slates are committed in between as if there were none; a longer tail is trimmed at once. */
const TRIM_PAUSE_MS = 4;
/** Records looked at in one go: about a millisecond. */
const LOOKED_AT = 2000;
/** Bytes read in one go: about a millisecond, whatever the rows are. */
const PIECE_BYTES = 512 * 1024;
const REMAP_BYTES = 16 * 2 ** 20;
/** Pages of records lie among those of identities, and the system maps what is around a page as well. */
const RECORD_TOUCHES = 4;
/** An identity may stand on any page, and the system maps up to 16 pages around the one that is asked for. */
const IDENTITY_TOUCHES = 2 ** 14;

interface Waiting {
  readonly entries: readonly JournalEntry[];
  readonly resolve: (outcomes: readonly Appended[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface LmdbTables {
  readonly environment: RootDatabase;
  readonly records: RecordTable;
  readonly identities: Database<Buffer, Buffer>;
  readonly counters: Database<number, string>;
}

export interface LmdbParts {
  readonly path: string;
  /** Maps the file; synchronous, so that no one meets the journal between two mappings. */
  readonly open: () => LmdbTables;
  readonly unlock: () => void;
}

interface Counters {
  next: Sequence;
  bytes: number;
}

export class LmdbJournal implements Journal {
  readonly #parts: LmdbParts;
  #tables: LmdbTables;
  /** Bytes that came into memory since the file was mapped, about. */
  #touchedBytes = 0;
  #counters: Counters;
  #first: Sequence;
  #waiting: Waiting[] = [];
  #isClosed = false;
  readonly #piece = new PieceBuilder();

  constructor(parts: LmdbParts) {
    this.#parts = parts;
    this.#tables = parts.open();
    const { counters } = this.#tables;
    this.#counters = { next: counters.get('next') ?? 1, bytes: counters.get('bytes') ?? 0 };
    this.#first = this.#firstKept();
  }

  append(entries: readonly JournalEntry[]): Promise<readonly Appended[]> {
    if (this.#isClosed) return Promise.reject(new EngineError('unavailable', 'the journal is closed'));
    if (entries.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#commitWaiting());
      this.#waiting.push({ entries, resolve, reject });
    });
  }

  async read(from: Sequence, limit: number, userId?: UserId): Promise<readonly JournalRecord[]> {
    const found: JournalRecord[] = [];
    for (let next: Sequence | null = from; next !== null && found.length < limit; ) {
      const piece: Piece = this.piece(next, limit - found.length, userId);
      for (const record of recordsOf(piece)) found.push(record);
      next = piece.next;
      await nextTurn();
    }
    return found;
  }

  /** As `read`, as far as one go reaches. */
  piece(from: Sequence, limit: number, userId?: UserId): Piece {
    const found = this.#piece;
    let [lookedAt, next] = [0, null as Sequence | null];
    for (const [sequence, bytes] of this.#tables.records.from(from)) {
      if (found.records >= limit || lookedAt >= LOOKED_AT || found.bytes >= PIECE_BYTES) {
        next = sequence;
        break;
      }
      lookedAt += 1;
      this.#touchedBytes += RECORD_TOUCHES * bytes.length;
      const record = fromBytes(sequence, bytes);
      if (userId === undefined || record.userId === userId) found.add(record);
    }
    this.#remapIfLarge();
    return found.build(next);
  }

  async trim(before: Sequence): Promise<void> {
    const end = Math.min(before, this.#counters.next);
    while (this.#first < end) {
      const to = Math.min(end, this.#first + TRIMMED_AT_ONCE);
      this.#write((counters) => this.#removeRecords(this.#first, to, counters));
      this.#first = to;
      if (this.#counters.next - to > LONG_TAIL) await nextTurn();
      else if (to < end) await pause(TRIM_PAUSE_MS);
    }
  }

  async eraseUser(userId: UserId): Promise<number> {
    const prefix = userPrefix(userId);
    const range = { start: prefix, end: afterPrefix(prefix) };
    let removed = 0;
    for (;;) {
      const identities = [...this.#tables.identities.getRange({ ...range, limit: MAX_GROUP })];
      if (identities.length === 0) break;
      removed += this.#write((counters) => {
        let records = 0;
        for (const { key, value } of identities) {
          const sequence = sequenceOf(value);
          const record = this.#tables.records.get(sequence);
          // Two users may share a prefix; the record says whose it is.
          if (record !== undefined && fromBytes(sequence, record).userId === userId) {
            this.#removeRecords(sequence, sequence + 1, counters);
            records += 1;
          }
          this.#tables.identities.removeSync(key);
        }
        return records;
      });
      this.#first = this.#firstKept();
      await nextTurn();
    }
    return removed;
  }

  async clear(): Promise<void> {
    this.#write((counters) => {
      this.#tables.records.clear();
      this.#tables.identities.clearSync();
      counters.bytes = 0;
    });
    this.#first = this.#counters.next;
  }

  status(): JournalStatus {
    return { first: this.#first, next: this.#counters.next, bytes: this.#counters.bytes };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    while (this.#waiting.length > 0) this.#commitWaiting();
    await this.#tables.environment.close();
    this.#parts.unlock();
  }

  #commitWaiting(): void {
    const group = this.#takeGroup();
    if (group.length === 0) return;
    try {
      const outcomes = this.#write((counters) => group.map(({ entries }) => this.#store(entries, counters)));
      group.forEach(({ resolve }, index) => {
        resolve(outcomes[index]!);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    if (this.#waiting.length > 0) setImmediate(() => this.#commitWaiting());
  }

  #takeGroup(): Waiting[] {
    let size = 0;
    let count = 0;
    while (count < this.#waiting.length && (count === 0 || size < MAX_GROUP)) {
      size += this.#waiting[count]!.entries.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** Runs the change in one transaction, counters included; after an error nothing has changed. */
  #write<Result>(change: (counters: Counters) => Result): Result {
    try {
      const result = this.#transact(change);
      this.#remapIfLarge();
      return result;
    } catch (error) {
      throw asEngineError(error, this.#parts.path);
    }
  }

  #transact<Result>(change: (counters: Counters) => Result, isAgain = false): Result {
    const { environment, counters } = this.#tables;
    const changed = { ...this.#counters };
    try {
      const result = environment.transactionSync(() => {
        const done = change(changed);
        counters.putSync('next', changed.next);
        counters.putSync('bytes', changed.bytes);
        return done;
      });
      this.#counters = changed;
      return result;
    } catch (error) {
      if (isAgain || !isStumble(error)) throw error;
      return this.#transact(change, true);
    }
  }

  /** Between transactions only: nothing may be read from the old mapping afterwards. */
  #remapIfLarge(): void {
    if (this.#touchedBytes < REMAP_BYTES) return;
    this.#touchedBytes = 0;
    // All transactions are synchronous and ended, so this closes at once; the promise is of those that are not.
    void this.#tables.environment.close();
    this.#tables = this.#parts.open();
  }

  #store(entries: readonly JournalEntry[], counters: Counters): Appended[] {
    const { records, identities } = this.#tables;
    const prefixes = new Map<string, Buffer>();
    return entries.map((entry): Appended => {
      let prefix = prefixes.get(entry.userId);
      if (prefix === undefined) {
        prefix = userPrefix(entry.userId);
        prefixes.set(entry.userId, prefix);
      }
      const key = identityKey(prefix, entry.eventId);
      const version = versionHash(entry.version);
      const known = identities.get(key);
      this.#touchedBytes += IDENTITY_TOUCHES;
      if (known !== undefined && version.equals(versionOf(known))) return { outcome: 'repeated' };
      const bytes = toBytes(entry);
      const sequence = counters.next;
      records.put(sequence, bytes);
      identities.putSync(key, identityValue(sequence, version));
      counters.next += 1;
      counters.bytes += bytes.length;
      this.#touchedBytes += RECORD_TOUCHES * bytes.length;
      return { outcome: 'accepted', sequence };
    });
  }

  #removeRecords(from: Sequence, to: Sequence, counters: Counters): void {
    this.#tables.records.removeRange(from, to, (bytes) => {
      counters.bytes -= bytes;
      this.#touchedBytes += RECORD_TOUCHES * bytes;
    });
  }

  #firstKept(): Sequence {
    return this.#tables.records.first() ?? this.#counters.next;
  }
}
