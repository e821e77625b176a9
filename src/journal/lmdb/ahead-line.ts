/**
 * A line to the journal for whoever cannot wait for its turn there, nor for the disk: what is appended stands in a file of its own
 * when `append` resolves, and comes into the journal, and onto the disk, some milliseconds later, with what else came meanwhile.
 *
 * After a kill the file is read by the next that opens the journal. Entries that the journal has already are repeats to it. A power
 * cut may take what has not come into the journal yet. So it is for what was decided here; what others bring, and may forget once it is
 * acknowledged, goes to the journal at once.
 */

import { dirname } from 'node:path';
import type { UserId } from '#domain';
import type { Journal, JournalStatus } from '../journal.ts';
import { type AheadEntry, AheadFile } from './ahead-file.ts';
import { asEngineError, isNoRoom } from './disk-errors.ts';
import { type JournalLineEnd, openJournalLine } from './journal-line.ts';
import { addStored, addTaken, readAheadStatus, sayRefused } from './shared-status.ts';

/** Entries go to the journal so long after the first of them: one transaction for what comes in that time. */
const HANDED_OVER_MS = 50;
/** After the journal has refused them. */
const AGAIN_MS = 1000;
/** In one transaction: where room is short a small one may find it. */
const HANDED_OVER = 50;

/** What is asked of an `AheadFile`. */
export type WrittenAhead = Pick<AheadFile, 'write' | 'empty' | 'wipe'>;

interface OpenedAhead {
  readonly file: WrittenAhead;
  readonly held: readonly AheadEntry[];
}

export class AheadLine {
  readonly #line: Pick<Journal, 'append' | 'status'>;
  readonly #shared: SharedArrayBuffer;
  readonly #folder: string;
  /** Null where there is none, or no room for it. */
  readonly #file: WrittenAhead | null;
  /** In the file, and not on their way to the journal. */
  #waiting: readonly AheadEntry[];
  /** On their way. */
  #given: readonly AheadEntry[] = [];
  #handing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isRefused = false;
  /** Entries that somebody who is gone took and did not bring: they are counted as stored with the first of those that are left of them. */
  #owed: number;

  /** A file of somebody who is gone is taken over with what it holds. */
  constructor(end: JournalLineEnd, open = openFile) {
    this.#line = openJournalLine(end);
    this.#shared = end.status;
    this.#folder = dirname(end.ahead ?? '');
    const opened = end.ahead === undefined ? null : open(end.ahead);
    this.#file = opened?.file ?? null;
    this.#waiting = opened?.held ?? [];
    const { taken, stored } = readAheadStatus(this.#shared);
    this.#owed = taken - stored;
    sayRefused(this.#shared, false);
    addTaken(this.#shared, this.#waiting.length);
    if (this.#waiting.length > 0) this.#handOverIn(0);
    else this.#noteStored(0);
  }

  /**
   * In the file when it resolves, all or none; in the journal where that cannot be.
   * @throws {EngineError} as the journal's.
   */
  async append(entries: readonly AheadEntry[]): Promise<void> {
    if (!this.#writeAhead(entries)) await this.#line.append(entries);
  }

  status(): JournalStatus {
    return this.#line.status();
  }

  /**
   * Resolves when what was appended is in the journal, and in its file no more.
   * @throws {EngineError} as the journal's `append`.
   */
  async settled(): Promise<void> {
    while (!this.#isSettled) await this.#handOver();
  }

  /** As `settled`, where something of this user is not in the journal yet. */
  async settledFor(userId: UserId): Promise<void> {
    const isTheirs = (entry: AheadEntry): boolean => entry.userId === userId;
    if (this.#given.some(isTheirs) || this.#waiting.some(isTheirs)) await this.settled();
  }

  /**
   * As `settled`; no byte of it is left in the file either.
   * @throws {EngineError} as the journal's `append`; disk_full where the file cannot be written.
   */
  async wipe(): Promise<void> {
    // Whoever appends in between is waited for too.
    do await this.settled();
    while (!this.#isSettled);
    try {
      this.#file?.wipe();
    } catch (error) {
      throw asEngineError(error, this.#folder);
    }
  }

  get #isSettled(): boolean {
    return this.#waiting.length === 0 && this.#handing === null;
  }

  /** False where they have to take the other way. */
  #writeAhead(entries: readonly AheadEntry[]): boolean {
    // What the journal refuses now it is to refuse to whoever asks, and not to them later.
    if (this.#file === null || this.#isRefused) return false;
    try {
      if (!this.#file.write(entries)) return false;
    } catch {
      // The journal says what is wrong with the disk.
      return false;
    }
    addTaken(this.#shared, entries.length);
    this.#waiting = [...this.#waiting, ...entries];
    this.#handOverIn(HANDED_OVER_MS);
    return true;
  }

  #handOverIn(ms: number): void {
    if (this.#timer !== undefined || this.#handing !== null) return;
    // Whoever waits hears what is wrong; of itself it is tried again.
    this.#timer = setTimeout(() => this.#handOver().catch(() => undefined), ms);
    this.#timer.unref();
  }

  #handOver(): Promise<void> {
    this.#handing ??= this.#give().finally(() => {
      this.#handing = null;
      if (this.#waiting.length > 0) this.#handOverIn(this.#isRefused ? AGAIN_MS : HANDED_OVER_MS);
    });
    return this.#handing;
  }

  async #give(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#given = this.#waiting.slice(0, HANDED_OVER);
    this.#waiting = this.#waiting.slice(HANDED_OVER);
    try {
      await this.#line.append(this.#given);
    } catch (error) {
      this.#waiting = [...this.#given, ...this.#waiting];
      this.#given = [];
      this.#refused(true);
      throw error;
    }
    this.#refused(false);
    this.#noteStored(this.#given.length);
    this.#given = [];
    if (this.#waiting.length === 0) this.#file?.empty();
  }

  #refused(isRefused: boolean): void {
    if (isRefused === this.#isRefused) return;
    this.#isRefused = isRefused;
    sayRefused(this.#shared, isRefused);
  }

  #noteStored(entries: number): void {
    addStored(this.#shared, this.#owed + entries);
    this.#owed = 0;
  }
}

/** Null where there is no room for a new one. One that is there and cannot be opened may hold somebody's slates: that is an error. */
const openFile = (path: string): OpenedAhead | null => {
  try {
    return AheadFile.open(path);
  } catch (error) {
    // The journal, which has room set aside, answers for what comes.
    if (isNoRoom(error)) return null;
    throw error;
  }
};
