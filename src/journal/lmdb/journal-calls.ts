/** One end of a line to the thread of a journal: what is asked over it, and who waits for which answer. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TransferListItem } from 'node:worker_threads';
import { EngineError, errorOf } from '#domain';
import type { Appended, JournalEntry, JournalStatus } from '../journal.ts';
import { type JournalCall, type JournalOrder, type JournalReply, OPENING, unpackOutcomes } from './journal-messages.ts';
import { readStatus } from './shared-status.ts';

/** Entries, and characters of their rows, that are copied to the thread in one go: less than a millisecond. */
const ENTRIES_A_PART = 500;
const CHARACTERS_A_PART = 512 * 1024;

/** A worker as its parent sees it, or a port to it. */
interface Line {
  postMessage(order: JournalOrder, transfer?: readonly TransferListItem[]): void;
  on(event: 'message', take: (reply: JournalReply) => void): unknown;
  ref(): void;
  unref(): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class JournalCalls {
  readonly #line: Line;
  readonly #status: SharedArrayBuffer;
  readonly #waiting = new Map<number, Waiting>();
  #calls = OPENING;
  /** Why nothing works any more; null while it does. */
  #failure: EngineError | null = null;

  constructor(line: Line, status: SharedArrayBuffer) {
    this.#line = line;
    this.#status = status;
    line.on('message', (answers) => this.#take(answers));
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Of all that was asked, over whatever line. */
  status(): JournalStatus {
    if (this.#failure !== null) throw this.#failure;
    return readStatus(this.#status);
  }

  async append(entries: readonly JournalEntry[]): Promise<readonly Appended[]> {
    if (entries.length === 0) return [];
    const id = this.#newId();
    const outcomes = this.expect<Float64Array>(id);
    let part: JournalEntry[] = [];
    let characters = 0;
    for (const entry of entries) {
      if (part.length >= ENTRIES_A_PART || characters >= CHARACTERS_A_PART) {
        this.#line.postMessage({ id, call: { kind: 'append', entries: part, isLast: false } });
        [part, characters] = [[], 0];
        await nextTurn();
      }
      part.push(entry);
      characters += entry.row.length;
    }
    this.#line.postMessage({ id, call: { kind: 'append', entries: part, isLast: true } });
    return unpackOutcomes(await outcomes);
  }

  ask<Value>(call: JournalCall): Promise<Value> {
    const id = this.#newId();
    const answer = this.expect<Value>(id);
    this.#line.postMessage({ id, call });
    return answer;
  }

  /** Asks for what nobody waits for; what is given along moves there. */
  give(call: JournalCall, transfer: readonly TransferListItem[]): void {
    this.#line.postMessage({ id: this.#newId(), call }, transfer);
  }

  /** The answer of this number. */
  expect<Value>(id: number): Promise<Value> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    // The process lives while an answer is owed.
    if (this.#waiting.size === 0) this.#line.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /** Whoever waits, and all who ask from now on, hear why. */
  fail(reason: string, cause?: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = new EngineError('unavailable', `the journal takes nothing more: ${reason}`, { cause });
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }

  #newId(): number {
    return ++this.#calls;
  }

  #take(answers: JournalReply): void {
    for (const { id, outcome } of answers) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if ('value' in outcome) waiting?.resolve(outcome.value);
      else waiting?.reject(errorOf(outcome.failure));
    }
    if (this.#waiting.size === 0) this.#line.unref();
  }
}
