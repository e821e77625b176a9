/**
 * Carries acknowledged records from the journal into the warehouse, each row once.
 *
 *   read a batch ─▶ insert it, table by table ─▶ trim the journal behind it ─▶ next
 *
 * A batch that was cut off (a kill, an error) may be partly in the tables: it was not trimmed, so the next run meets
 * the same records again, asks each table which sequences it has, and inserts only the others.
 */

import { type Clock, EngineError, type EpochMs } from '#domain';
import type { Journal, JournalRecord, Pace, Sequence } from '#journal';
import type { Warehouse } from '#warehouse';
import { BatchInserter } from './batch-inserter.ts';
import type { DeadLetters } from './dead-letters.ts';
import { type BatchBounds, eachSlice } from './journal-batch.ts';
import { LineBuffers } from './line-buffers.ts';

export interface WriterStatus {
  /** Acknowledged, not yet in the warehouse. */
  readonly lagRecords: number;
  /** Why the last attempt failed, in words; null after a good one. */
  readonly lastError: string | null;
  /** When the journal was last seen empty; null before that. */
  readonly lastFlushAt: EpochMs | null;
  /** Rows the warehouse would not take; they are dead letters. */
  readonly refusedRows: number;
}

export interface WarehouseWriter {
  /** Begins to write at the interval; failures are retried with growing pauses, without end. */
  start(): void;
  /**
   * Resolves when everything acknowledged so far is in the warehouse: at once where somebody waits for it, in steps where nobody does.
   * @throws {EngineError} what the warehouse answered; the records stay in the journal and are tried again.
   */
  flush(pace?: Pace): Promise<void>;
  /** Runs the work while no batch is under way; the work must not call `flush` or `exclusive` itself. */
  exclusive<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Ends the batch under way and begins no other. What is left waits in the journal. */
  stop(): Promise<void>;
  status(): WriterStatus;
}

export interface WriterOptions {
  readonly journal: Journal;
  readonly warehouse: Warehouse;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  /** Pause between the end of one batch and the next, while the warehouse answers. */
  readonly intervalMs?: number;
  /** Most rows a batch; with fewer waiting, a batch takes what is there. */
  readonly batchRows?: number;
  readonly batchBytes?: number;
  /** Resolves when what is acknowledged elsewhere has come into the journal; flushing waits for it. */
  readonly settled?: () => Promise<void>;
  /** A batch failed and will be tried again, after this pause. */
  readonly onRetry?: (error: unknown, pauseMs: number) => void;
}

const DEFAULTS = {
  intervalMs: 1500,
  batchRows: 10_000,
  batchBytes: 16 * 2 ** 20,
  settled: async () => undefined,
  onRetry: () => undefined,
};
/** Records: a longer tail is carried away at once whoever waits, so that it does not grow. */
const LONG_TAIL = 20_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

export const createWarehouseWriter = (options: WriterOptions): WarehouseWriter => new JournalWriter(options);

class JournalWriter implements WarehouseWriter {
  readonly #options: Required<WriterOptions>;
  readonly #inserter: BatchInserter;
  readonly #lines = new LineBuffers();
  /** Records before this may be in the tables already. */
  #doubtfulBefore: Sequence;
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #failures = 0;
  #lastError: string | null = null;
  #lastFlushAt: EpochMs | null = null;

  constructor(options: WriterOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#inserter = new BatchInserter(options.warehouse, options.deadLetters);
    this.#doubtfulBefore = options.journal.status().next;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#schedule(0);
  }

  flush(pace: Pace = 'at_once'): Promise<void> {
    return this.exclusive(async () => {
      await this.#options.settled();
      await this.#drain(this.#options.journal.status().next, () => true, pace);
    });
  }

  exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    clearTimeout(this.#timer);
    await this.#last;
  }

  status(): WriterStatus {
    const { first, next } = this.#options.journal.status();
    return {
      lagRecords: next - first,
      lastError: this.#lastError,
      lastFlushAt: this.#lastFlushAt,
      refusedRows: this.#inserter.refusedRows,
    };
  }

  #schedule(pauseMs: number): void {
    if (this.#isRunning) this.#timer = setTimeout(() => void this.#tick(), pauseMs);
  }

  async #tick(): Promise<void> {
    try {
      const upTo = this.#options.journal.status().next;
      await this.exclusive(() => this.#drain(upTo, () => this.#isRunning, 'in_steps'));
      this.#schedule(this.#options.intervalMs);
    } catch (error) {
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(Math.max(0, this.#failures - 1), 10));
      this.#options.onRetry(error, pauseMs);
      this.#schedule(pauseMs);
    }
  }

  /** Writes the records before `upTo`, as long as it may go on. */
  async #drain(upTo: Sequence, mayGoOn: () => boolean, pace: Pace): Promise<void> {
    const { journal, clock } = this.#options;
    try {
      while (journal.status().first < upTo && mayGoOn()) await this.#writeBatch(pace);
      this.#failures = 0;
      this.#lastError = null;
      if (journal.status().first >= upTo) this.#lastFlushAt = clock.now();
    } catch (error) {
      this.#failures += 1;
      this.#lastError = error instanceof EngineError ? error.message : String(error);
      this.#doubtfulBefore = journal.status().next;
      throw error;
    }
  }

  async #writeBatch(asked: Pace): Promise<void> {
    const { journal, batchRows, batchBytes } = this.#options;
    const most = { records: batchRows, bytes: batchBytes };
    const { first, next } = journal.status();
    const pace = next - first > LONG_TAIL ? 'at_once' : asked;
    const isDoubtful = first < this.#doubtfulBefore;
    const end = isDoubtful ? await this.#writeMissing(most, pace) : await this.#writeAll(most, pace);
    await journal.trim(end, pace);
  }

  async #writeAll(most: BatchBounds, pace: Pace): Promise<Sequence> {
    try {
      const end = await eachSlice(this.#options.journal, most, pace, (records) => this.#lines.add(records));
      if (await this.#inserter.insertLines(this.#lines)) return end;
      // Some tables may have taken theirs, and the second look may reach less far than the first.
      this.#doubtfulBefore = end;
    } finally {
      this.#lines.clear();
    }
    return this.#writeMissing(most, pace);
  }

  /** Rows may be there already, or not be taken: each table is asked, and the one that is at fault is found. */
  async #writeMissing(most: BatchBounds, pace: Pace): Promise<Sequence> {
    const all: JournalRecord[] = [];
    const end = await eachSlice(this.#options.journal, most, pace, (records) => {
      for (const record of records) all.push(record);
    });
    await this.#inserter.insertMissing(all);
    return end;
  }
}
