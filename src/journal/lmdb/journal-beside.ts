/** A journal in a thread of its own, so that nobody here waits for its hashing, its transactions, or the disk. */

import { setTimeout as pause } from 'node:timers/promises';
import { MessageChannel, type Worker } from 'node:worker_threads';
import { EngineError, type UserId } from '#domain';
import { startThread } from '#threads';
import type { Appended, Journal, JournalEntry, JournalRecord, JournalStatus, Pace, Sequence } from '../journal.ts';
import { aheadPath } from './ahead-file.ts';
import { JournalCalls } from './journal-calls.ts';
import type { JournalLineEnd } from './journal-line.ts';
import { OPENING } from './journal-messages.ts';
import type { JournalThreadData } from './journal-thread.ts';
import { type Piece, readPieces } from './piece.ts';
import { createSharedStatus, readAheadStatus } from './shared-status.ts';

const THREAD = new URL('./journal-thread.ts', import.meta.url);

const startJournalThread = (workerData: JournalThreadData): Worker =>
  startThread(THREAD, { workerData, name: 'journal' });

/** Between two looks at what stands ahead of the journal, and how many that show no change are enough: ten seconds. */
const LOOK_MS = 5;
const LOOKS = 2000;

export class JournalBeside implements Journal {
  readonly #path: string;
  readonly #thread: Worker;
  readonly #calls: JournalCalls;
  readonly #status: SharedArrayBuffer;
  readonly #unlock: () => void;
  #isClosed = false;

  private constructor(path: string, thread: Worker, status: SharedArrayBuffer, unlock: () => void) {
    this.#path = path;
    this.#thread = thread;
    this.#status = status;
    this.#unlock = unlock;
    this.#calls = new JournalCalls(thread, status);
    thread.on('error', (cause) => this.#calls.fail(`it failed: ${(cause as Error).message}`, cause));
    thread.on('exit', (code) => this.#calls.fail(`its thread ended with code ${code}`));
  }

  /** Opens the journal whose lock the caller holds; `unlock` is called when it is closed. Rejects as opening it does. */
  static async open(path: string, unlock: () => void, start = startJournalThread): Promise<JournalBeside> {
    const status = createSharedStatus();
    const journal = new JournalBeside(path, start({ path, status }), status, unlock);
    await journal.#calls.expect(OPENING);
    return journal;
  }

  /** For another thread, to append without passing this one. */
  line(): JournalLineEnd {
    const { port1, port2 } = new MessageChannel();
    this.#calls.give({ kind: 'line', port: port1 }, [port1]);
    return { port: port2, status: this.#status };
  }

  /** A line for what cannot wait until the journal has it (`AheadLine`). One at a time: it takes over what the last one left. */
  aheadLine(): JournalLineEnd {
    return { ...this.line(), ahead: aheadPath(this.#path) };
  }

  /**
   * Resolves when what stands ahead of it is in the journal; or does not get there, as it is refused or nobody brings it: it stays in its
   * file then, for the next start.
   */
  async settled(): Promise<void> {
    let { stored, taken } = readAheadStatus(this.#status);
    for (let looks = 0; stored < taken && looks < LOOKS; looks++) {
      await pause(LOOK_MS);
      const now = readAheadStatus(this.#status);
      if (now.isRefused) return;
      if (now.stored > stored) looks = 0;
      stored = now.stored;
    }
  }

  append(entries: readonly JournalEntry[]): Promise<readonly Appended[]> {
    if (this.#isClosed) return Promise.reject(new EngineError('unavailable', 'the journal is closed'));
    return this.#calls.append(entries);
  }

  read(from: Sequence, limit: number, userId?: UserId): Promise<readonly JournalRecord[]> {
    const who = userId === undefined ? {} : { userId };
    const pieceOf = (next: Sequence, most: number): Promise<Piece> =>
      this.#calls.ask({ kind: 'piece', from: next, limit: most, ...who });
    return readPieces(pieceOf, from, limit);
  }

  trim(before: Sequence, pace: Pace = 'in_steps'): Promise<void> {
    return this.#calls.ask({ kind: 'trim', before, pace });
  }

  /** What they were answered just before goes with the rest. */
  eraseUsers(userIds: readonly UserId[]): Promise<number> {
    return this.#onceSettled(() => this.#calls.ask({ kind: 'erase', userIds }));
  }

  clear(): Promise<void> {
    return this.#onceSettled(() => this.#calls.ask({ kind: 'clear' }));
  }

  status(): JournalStatus {
    return this.#calls.status();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      // What was sent before is stored first, as the thread closes.
      if (!this.#calls.hasFailed) await this.#calls.ask({ kind: 'close' });
    } finally {
      await this.#thread.terminate();
      this.#unlock();
    }
  }

  /** At once where nothing is ahead, so that a call comes before those that are made after it. */
  #onceSettled<Value>(ask: () => Promise<Value>): Promise<Value> {
    const { stored, taken } = readAheadStatus(this.#status);
    return stored === taken ? ask() : this.settled().then(ask);
  }
}
