/**
 * The journal on LMDB, with group commit: all appends that arrive in one turn of the event loop go to disk together.
 * Each commit holds its thread until the disk has it: a server opens the journal in a thread of its own (`journal-beside`).
 *
 *   records      sequence → record       what the warehouse does not have yet
 *   identities   hash(user) hash(event) → sequence   outlives the records, so that a late repeat is known
 *   counters     next, bytes             written in the same transaction as the records they count
 *                indexed                 from this record on identities may be in memory alone (`identity-index`)
 *                stale                   whether the file holds what was erased (`fresh-file`)
 *   spare        room for trimming on a full disk (`spare-room`)
 *
 * Transactions are synchronous on purpose: repeats are decided inside them, a failed commit leaves nothing behind, and
 * measured on 2 cores they take a third of the time of LMDB's own writer thread.
 */

import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { EngineError, type UserId } from '#domain';
import type { Appended, Journal, JournalEntry, JournalRecord, JournalStatus, Pace, Sequence } from '../journal.ts';
import { AppendQueue, MAX_GROUP } from './append-queue.ts';
import { asEngineError, isStumble } from './disk-errors.ts';
import { STALE } from './fresh-file.ts';
import { identityKey, userPrefix, versionHash } from './identity.ts';
import { IdentityIndex } from './identity-index.ts';
import { type LmdbTables, MappedTables } from './mapped-tables.ts';
import { type Piece, PieceBuilder, readPieces } from './piece.ts';
import { fromBytes, toBytes } from './record-bytes.ts';
import { SpareRoom } from './spare-room.ts';

/** Records that go in one transaction: what is appended meanwhile waits for it. */
const TRIMMED_AT_ONCE = 250;
/** Identities put into the index in one transaction. */
const INDEXED_AT_ONCE = 100;
/** Between such transactions, so that what is appended comes in between. */
const TRIM_PAUSE_MS = 8;
/** Records looked at in one go: about a millisecond. */
const LOOKED_AT = 2000;
/** Bytes read in one go: about a millisecond, whatever the rows are. */
const PIECE_BYTES = 512 * 1024;

export interface LmdbParts {
  readonly path: string;
  /** Maps the file. */
  readonly open: () => LmdbTables;
  readonly unlock: () => void;
}

interface Counters {
  next: Sequence;
  bytes: number;
}

export class LmdbJournal implements Journal {
  readonly #parts: LmdbParts;
  readonly #mapped: MappedTables;
  #counters: Counters;
  #first: Sequence;
  #isClosed = false;
  readonly #queue = new AppendQueue((batches) => this.#commit(batches));
  /** Ends when what removes records has ended: one after the other. */
  #removed: Promise<unknown> = Promise.resolve();
  readonly #piece = new PieceBuilder();
  readonly #identities: IdentityIndex;
  readonly #spare: SpareRoom;

  constructor(parts: LmdbParts) {
    this.#parts = parts;
    this.#mapped = new MappedTables(parts.open, () => this.#queue.isWaitedFor);
    const { counters } = this.#mapped.tables;
    this.#counters = { next: counters.get('next') ?? 1, bytes: counters.get('bytes') ?? 0 };
    this.#first = this.#firstKept();
    this.#identities = new IdentityIndex(this.#mapped);
    this.#identities.findAgain(counters.get('indexed') ?? this.#counters.next);
    this.#spare = new SpareRoom(this.#mapped, (change) => this.#write(change));
    this.#spare.keep();
  }

  append(entries: readonly JournalEntry[]): Promise<readonly Appended[]> {
    if (this.#isClosed) return Promise.reject(new EngineError('unavailable', 'the journal is closed'));
    if (entries.length === 0) return Promise.resolve([]);
    return this.#queue.add(entries);
  }

  read(from: Sequence, limit: number, userId?: UserId): Promise<readonly JournalRecord[]> {
    return readPieces((next, most) => nextTurn(this.piece(next, most, userId)), from, limit);
  }

  /** As `read`, as far as one go reaches. */
  piece(from: Sequence, limit: number, userId?: UserId): Piece {
    const found = this.#piece;
    let [lookedAt, next] = [0, null as Sequence | null];
    for (const [sequence, bytes] of this.#mapped.tables.records.from(from)) {
      if (found.records >= limit || lookedAt >= LOOKED_AT || found.bytes >= PIECE_BYTES) {
        next = sequence;
        break;
      }
      lookedAt += 1;
      this.#mapped.touchRecord(bytes.length);
      const record = fromBytes(sequence, bytes);
      if (userId === undefined || record.userId === userId) found.add(record);
    }
    this.#mapped.renewIfLarge();
    return found.build(next);
  }

  trim(before: Sequence, pace: Pace = 'in_steps'): Promise<void> {
    return this.#alone(() => this.#trim(before, pace));
  }

  eraseUsers(userIds: readonly UserId[]): Promise<number> {
    return this.#alone(async () => {
      let removed = 0;
      for (const userId of userIds) removed += await this.#erase(userId);
      // Also where somebody was erased before a kill, or while there was no room.
      if (this.#mapped.tables.counters.get(STALE) === 1) await this.#writeAnew();
      return removed;
    });
  }

  clear(): Promise<void> {
    return this.#alone(() => {
      this.#empty();
      return this.#writeAnew();
    });
  }

  status(): JournalStatus {
    return { first: this.#first, next: this.#counters.next, bytes: this.#counters.bytes };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#removed;
    this.#queue.drain();
    await this.#mapped.close();
    this.#parts.unlock();
  }

  #alone<Result>(remove: () => Promise<Result>): Promise<Result> {
    const removed = this.#removed.then(remove);
    this.#removed = removed.catch(() => undefined);
    return removed;
  }

  /** Appends wait as long: a second for some millions of identities. */
  #writeAnew(): Promise<void> {
    return this.#queue.hold(async () => {
      await this.#mapped.writeAnew(this.#parts.path);
      this.#write(() => this.#mapped.tables.counters.putSync(STALE, 0));
    });
  }

  async #trim(before: Sequence, pace: Pace): Promise<void> {
    const end = Math.min(before, this.#counters.next);
    await this.#spare.with(() => this.#indexBefore(end, pace));
    while (this.#first < end) {
      const to = Math.min(end, this.#first + TRIMMED_AT_ONCE);
      this.#write((counters) => this.#removeRecords(this.#first, to, counters));
      this.#first = to;
      if (to < end) await this.#letIn(pace);
    }
    this.#spare.keep();
  }

  async #erase(userId: UserId): Promise<number> {
    const prefix = userPrefix(userId);
    let removed = 0;
    for (;;) {
      const identities = this.#identities.of(prefix, MAX_GROUP);
      if (identities.length === 0) break;
      removed += this.#write((counters) => {
        this.#mapped.tables.counters.putSync(STALE, 1);
        let records = 0;
        for (const [key, sequence] of identities) {
          const record = this.#mapped.tables.records.get(sequence);
          // Two users may share a prefix; the record says whose it is.
          if (record !== undefined && fromBytes(sequence, record).userId === userId) {
            this.#removeRecords(sequence, sequence + 1, counters);
            records += 1;
          }
          this.#identities.remove(key);
        }
        return records;
      });
      this.#first = this.#firstKept();
      await nextTurn();
    }
    return removed;
  }

  #empty(): void {
    this.#write((counters) => {
      this.#mapped.tables.counters.putSync(STALE, 1);
      this.#mapped.tables.records.clear();
      this.#mapped.tables.identities.clearSync();
      counters.bytes = 0;
    });
    this.#identities.recent.clear();
    this.#first = this.#counters.next;
  }

  #commit(batches: readonly (readonly JournalEntry[])[]): readonly (readonly Appended[])[] {
    return this.#write((counters) => {
      const stored = batches.map((entries) => this.#store(entries, counters));
      this.#identities.makeRoom(counters.next - this.#counters.next);
      return stored;
    });
  }

  /** Runs the change in one transaction, counters included; after an error nothing has changed. */
  #write<Result>(change: (counters: Counters) => Result): Result {
    try {
      const result = this.#transact(change);
      this.#mapped.renewIfLarge();
      return result;
    } catch (error) {
      throw asEngineError(error, this.#parts.path);
    }
  }

  #transact<Result>(change: (counters: Counters) => Result, isAgain = false): Result {
    const { environment, counters } = this.#mapped.tables;
    const changed = { ...this.#counters };
    try {
      const result = environment.transactionSync(() => {
        const done = change(changed);
        counters.putSync('next', changed.next);
        counters.putSync('bytes', changed.bytes);
        counters.putSync('indexed', this.#identities.recent.oldest ?? this.#counters.next);
        return done;
      });
      this.#identities.recent.settle();
      this.#counters = changed;
      return result;
    } catch (error) {
      this.#identities.recent.drop();
      if (isAgain || !isStumble(error)) throw error;
      return this.#transact(change, true);
    }
  }

  #store(entries: readonly JournalEntry[], counters: Counters): Appended[] {
    const { records } = this.#mapped.tables;
    const prefixes = new Map<string, Buffer>();
    return entries.map((entry): Appended => {
      let prefix = prefixes.get(entry.userId);
      if (prefix === undefined) {
        prefix = userPrefix(entry.userId);
        prefixes.set(entry.userId, prefix);
      }
      const key = identityKey(prefix, entry.eventId);
      const version = versionHash(entry.version);
      if (this.#identities.isKnown(key, version)) return { outcome: 'repeated' };
      const bytes = toBytes(entry);
      const sequence = counters.next;
      records.put(sequence, bytes);
      this.#identities.add(key, sequence, version);
      counters.next += 1;
      counters.bytes += bytes.length;
      this.#mapped.touchRecord(bytes.length);
      return { outcome: 'accepted', sequence };
    });
  }

  async #indexBefore(end: Sequence, pace: Pace): Promise<void> {
    const keys = this.#identities.recent.before(end);
    for (let from = 0; from < keys.length; from += INDEXED_AT_ONCE) {
      this.#write(() => this.#identities.index(keys.slice(from, from + INDEXED_AT_ONCE)));
      await this.#letIn(pace);
    }
  }

  /** What is appended meanwhile comes in between. */
  async #letIn(pace: Pace): Promise<void> {
    await (pace === 'at_once' ? nextTurn() : pause(TRIM_PAUSE_MS));
  }

  #removeRecords(from: Sequence, to: Sequence, counters: Counters): void {
    this.#mapped.tables.records.removeRange(from, to, (bytes) => {
      counters.bytes -= bytes;
      this.#mapped.touchRecord(bytes);
    });
  }

  #firstKept(): Sequence {
    return this.#mapped.tables.records.first() ?? this.#counters.next;
  }
}
