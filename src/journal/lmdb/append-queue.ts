/** Appends on their way to disk: all that arrive in one turn of the event loop go there together. */

import type { Appended, JournalEntry } from '../journal.ts';

/** Entries a transaction: with more, what comes after them would wait too long; with fewer there are more disk flushes. */
export const MAX_GROUP = 2000;

interface Waiting {
  readonly entries: readonly JournalEntry[];
  readonly resolve: (outcomes: readonly Appended[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Stores batches in one transaction; outcomes of each. */
type Commit = (batches: readonly (readonly JournalEntry[])[]) => readonly (readonly Appended[])[];

export class AppendQueue {
  readonly #commit: Commit;
  readonly #waiting: Waiting[] = [];
  #isHeld = false;

  constructor(commit: Commit) {
    this.#commit = commit;
  }

  get isWaitedFor(): boolean {
    return this.#waiting.length > 0;
  }

  add(entries: readonly JournalEntry[]): Promise<readonly Appended[]> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#commitNext());
      this.#waiting.push({ entries, resolve, reject });
    });
  }

  /** Commits what waits, at once. */
  drain(): void {
    while (this.#waiting.length > 0) this.#commitGroup();
  }

  /** What arrives while the work is under way waits for its end. */
  async hold(work: () => Promise<void>): Promise<void> {
    this.#isHeld = true;
    try {
      await work();
    } finally {
      this.#isHeld = false;
      setImmediate(() => this.#commitNext());
    }
  }

  #commitNext(): void {
    if (this.#isHeld || this.#waiting.length === 0) return;
    this.#commitGroup();
    if (this.#waiting.length > 0) setImmediate(() => this.#commitNext());
  }

  #commitGroup(): void {
    const group = this.#takeGroup();
    try {
      const outcomes = this.#commit(group.map(({ entries }) => entries));
      group.forEach(({ resolve }, index) => {
        resolve(outcomes[index]!);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
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
}
