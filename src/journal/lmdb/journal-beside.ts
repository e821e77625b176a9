/** A journal in a thread of its own, so that nobody here waits for its hashing, its transactions, or the disk. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { EngineError, errorOf, type UserId } from '#domain';
import { startThread } from '#threads';
import type { Appended, Journal, JournalEntry, JournalRecord, JournalStatus, Sequence } from '../journal.ts';
import { type JournalCall, type JournalOrder, type JournalReply, OPENING, unpackOutcomes } from './journal-messages.ts';
import { type Piece, recordsOf } from './piece.ts';

const THREAD = new URL('./journal-thread.ts', import.meta.url);

const startJournalThread = (path: string): Worker => startThread(THREAD, { workerData: path, name: 'journal' });

/** Entries, and characters of their rows, that are copied to the thread in one go: less than a millisecond. */
const ENTRIES_A_PART = 500;
const CHARACTERS_A_PART = 512 * 1024;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class JournalBeside implements Journal {
  readonly #thread: Worker;
  readonly #unlock: () => void;
  readonly #waiting = new Map<number, Waiting>();
  #status: JournalStatus = { first: 1, next: 1, bytes: 0 };
  #calls = OPENING;
  #isClosed = false;
  /** Why nothing works any more; null while it does. */
  #failure: EngineError | null = null;

  private constructor(thread: Worker, unlock: () => void) {
    this.#thread = thread;
    this.#unlock = unlock;
    thread.on('message', (reply: JournalReply) => this.#take(reply));
    thread.on('error', (cause) => this.#fail(`it failed: ${(cause as Error).message}`, cause));
    thread.on('exit', (code) => this.#fail(`its thread ended with code ${code}`));
  }

  /** Opens the journal whose lock the caller holds; `unlock` is called when it is closed. Rejects as opening it does. */
  static async open(path: string, unlock: () => void, start = startJournalThread): Promise<JournalBeside> {
    const journal = new JournalBeside(start(path), unlock);
    await journal.#expect(OPENING);
    return journal;
  }

  async append(entries: readonly JournalEntry[]): Promise<readonly Appended[]> {
    if (this.#isClosed) throw new EngineError('unavailable', 'the journal is closed');
    if (entries.length === 0) return [];
    const id = this.#newId();
    const outcomes = this.#expect<Float64Array>(id);
    let part: JournalEntry[] = [];
    let characters = 0;
    for (const entry of entries) {
      if (part.length >= ENTRIES_A_PART || characters >= CHARACTERS_A_PART) {
        this.#send({ id, call: { kind: 'append', entries: part, isLast: false } });
        [part, characters] = [[], 0];
        await nextTurn();
      }
      part.push(entry);
      characters += entry.row.length;
    }
    this.#send({ id, call: { kind: 'append', entries: part, isLast: true } });
    return unpackOutcomes(await outcomes);
  }

  async read(from: Sequence, limit: number, userId?: UserId): Promise<readonly JournalRecord[]> {
    const found: JournalRecord[] = [];
    for (let next: Sequence | null = from; next !== null && found.length < limit; ) {
      const who = userId === undefined ? {} : { userId };
      const piece: Piece = await this.#ask<Piece>({ kind: 'piece', from: next, limit: limit - found.length, ...who });
      for (const record of recordsOf(piece)) found.push(record);
      next = piece.next;
    }
    return found;
  }

  trim(before: Sequence): Promise<void> {
    return this.#ask({ kind: 'trim', before });
  }

  eraseUser(userId: UserId): Promise<number> {
    return this.#ask({ kind: 'erase', userId });
  }

  clear(): Promise<void> {
    return this.#ask({ kind: 'clear' });
  }

  status(): JournalStatus {
    if (this.#failure !== null) throw this.#failure;
    return this.#status;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      // What was sent before is stored first, as the thread closes.
      if (this.#failure === null) await this.#ask({ kind: 'close' });
    } finally {
      await this.#thread.terminate();
      this.#unlock();
    }
  }

  #newId(): number {
    return ++this.#calls;
  }

  #ask<Value>(call: JournalCall): Promise<Value> {
    const id = this.#newId();
    const answer = this.#expect<Value>(id);
    this.#send({ id, call });
    return answer;
  }

  #expect<Value>(id: number): Promise<Value> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    // The process lives while an answer is owed.
    if (this.#waiting.size === 0) this.#thread.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
  }

  #send(order: JournalOrder): void {
    this.#thread.postMessage(order);
  }

  #take({ answers, status }: JournalReply): void {
    this.#status = status;
    for (const { id, outcome } of answers) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if ('value' in outcome) waiting?.resolve(outcome.value);
      else waiting?.reject(errorOf(outcome.failure));
    }
    if (this.#waiting.size === 0) this.#thread.unref();
  }

  #fail(reason: string, cause?: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = new EngineError('unavailable', `the journal takes nothing more: ${reason}`, { cause });
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
