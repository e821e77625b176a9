/**
 * Room in the file of a journal for what trimming needs on a full disk: identities of the newest records go into their table only
 * then, and LMDB writes pages anew before it gives the old ones back.
 */

import { isDiskFull } from './disk-errors.ts';
import type { MappedTables } from './mapped-tables.ts';

/**
 * 2.6 MiB: the identities that may be in memory, on pages half full, take 0.9; two transactions, as pages are given back two later, have two
 * hundred pages each where each of a hundred identities stands on a leaf and a branch of its own.
 */
const PARTS = 1300;
/** Two to a page: a value of many pages would be written at once when there is no room, and LMDB does not survive that. */
const PART: Buffer = Buffer.alloc(2000);

export class SpareRoom {
  readonly #mapped: MappedTables;
  readonly #write: (change: () => void) => void;
  #isKept: boolean;

  /** `write` runs a change in a transaction. */
  constructor(mapped: MappedTables, write: (change: () => void) => void) {
    this.#mapped = mapped;
    this.#write = write;
    this.#isKept = mapped.tables.spare.doesExist(0);
  }

  /** Where the disk has no room for it now, the next call tries again. */
  keep(): void {
    if (this.#isKept) return;
    try {
      this.#write(() => {
        for (let part = 0; part < PARTS; part++) this.#mapped.tables.spare.putSync(part, PART);
      });
      this.#isKept = true;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  }

  /** Done again with the room given back, where the disk is full. */
  async with(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isDiskFull(error) || !this.#isKept) throw error;
      this.#write(() => this.#mapped.tables.spare.clearSync());
      this.#isKept = false;
      // Pages that a transaction gives back can be had from the one after the next on.
      this.#write(() => undefined);
      await work();
    }
  }
}
