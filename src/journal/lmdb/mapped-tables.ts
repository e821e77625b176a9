/**
 * The tables of a journal, mapped anew from time to time. LMDB maps its file, and pages once touched count as memory of this
 * process until they are unmapped, however large the file grows. So it is mapped anew when `RENEWED_BYTES` have gone through it:
 * the pages stay in the cache of the operating system, and the process stays small.
 */

import type { Database, RootDatabase } from 'lmdb';
import { copyFresh, takeFresh } from './fresh-file.ts';
import type { RecordTable } from './record-table.ts';

const RENEWED_BYTES = 16 * 2 ** 20;
/** Pages of records lie among those of identities, and the system maps what is around a page as well. */
const RECORD_TOUCHES = 4;
/** An identity may stand on any page, and the system maps up to 16 pages around the one that is asked for. */
const IDENTITY_TOUCHES = 2 ** 14;

export interface LmdbTables {
  readonly environment: RootDatabase;
  readonly records: RecordTable;
  readonly identities: Database<Buffer, Buffer>;
  readonly counters: Database<number, string>;
  readonly spare: Database<Buffer, number>;
}

export class MappedTables {
  readonly #open: () => LmdbTables;
  readonly #isWaitedFor: () => boolean;
  #tables: LmdbTables;
  /** Bytes that came into memory since the file was mapped, about. */
  #touchedBytes = 0;
  #isDue = false;
  #isClosed = false;
  #isReplaced = false;

  /** `open` is synchronous, so that no one meets the journal between two mappings; `isWaitedFor` tells of a commit to come. */
  constructor(open: () => LmdbTables, isWaitedFor: () => boolean) {
    this.#open = open;
    this.#isWaitedFor = isWaitedFor;
    this.#tables = open();
  }

  /** To be asked for anew in each turn of the event loop. */
  get tables(): LmdbTables {
    return this.#tables;
  }

  touchRecord(bytes: number): void {
    this.#touchedBytes += RECORD_TOUCHES * bytes;
  }

  touchIdentity(): void {
    this.#touchedBytes += IDENTITY_TOUCHES;
  }

  /**
   * In a later turn: mapping anew takes a millisecond or two. Whoever waited for what is done now hears first, and commits that
   * are waited for come first, unless twice as much has gone through.
   */
  renewIfLarge(): void {
    if (this.#touchedBytes < RENEWED_BYTES || this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => this.#renewWhenIdle());
  }

  /** Writes the file anew, without what was removed, and maps that. Nothing else may be written meanwhile. */
  async writeAnew(path: string): Promise<void> {
    this.#isReplaced = true;
    try {
      await copyFresh(this.#tables.environment, path);
      this.#renew(() => takeFresh(path));
    } finally {
      this.#isReplaced = false;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#tables.environment.close();
  }

  #renewWhenIdle(): void {
    if (this.#isClosed) return;
    if (this.#isWaitedFor() && this.#touchedBytes < 2 * RENEWED_BYTES && !this.#isReplaced) {
      setImmediate(() => this.#renewWhenIdle());
      return;
    }
    this.#isDue = false;
    // What is copied must stay mapped, and is mapped anew after it.
    if (!this.#isReplaced) this.#renew();
  }

  #renew(put: () => void = () => undefined): void {
    this.#touchedBytes = 0;
    // All transactions are synchronous and ended, so this closes at once; the promise is of those that are not.
    void this.#tables.environment.close();
    try {
      put();
    } finally {
      this.#tables = this.#open();
    }
  }
}
