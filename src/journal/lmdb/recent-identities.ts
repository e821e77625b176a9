/**
 * Identities of the newest records, in memory until the index has them. An identity stands on any page of the index: putting a hundred
 * of them there with the records makes their commit more than twice as long, and whoever appends a slate then waits for it. So
 * they go there later, a few at a time. After a crash they are found again in the records, which name user and event.
 */

import type { Sequence } from '../journal.ts';

/** Of an identity that is no longer here with the transaction under way. */
const GONE = null;

export class RecentIdentities {
  /** Key, a unit a byte, to sequence; oldest first. */
  readonly #settled = new Map<string, Sequence>();
  /** What the transaction under way changes. */
  readonly #staged = new Map<string, Sequence | typeof GONE>();

  get size(): number {
    return this.#settled.size;
  }

  /** Those that the transaction under way changes. */
  get changed(): number {
    return this.#staged.size;
  }

  /** Sequence of the oldest one that is settled. */
  get oldest(): Sequence | undefined {
    for (const sequence of this.#settled.values()) return sequence;
    return undefined;
  }

  /** Undefined when the index has to be asked. */
  find(key: Buffer): Sequence | undefined {
    const text = key.toString('latin1');
    const staged = this.#staged.get(text);
    return staged === undefined ? this.#settled.get(text) : (staged ?? undefined);
  }

  /** With the transaction under way: the identity is here. */
  add(key: Buffer, sequence: Sequence): void {
    this.#staged.set(key.toString('latin1'), sequence);
  }

  /** With the transaction under way: this one is not here, whether or not it was. */
  remove(key: Buffer): void {
    this.#staged.set(key.toString('latin1'), GONE);
  }

  /** The transaction is on disk. */
  settle(): void {
    for (const [key, sequence] of this.#staged) {
      // Set anew it comes last, as its sequence does.
      this.#settled.delete(key);
      if (sequence !== GONE) this.#settled.set(key, sequence);
    }
    this.#staged.clear();
  }

  /** The transaction has failed. */
  drop(): void {
    this.#staged.clear();
  }

  /** The oldest settled ones, at most so many; in the order of the index. */
  first(count: number): readonly Buffer[] {
    const keys: string[] = [];
    for (const key of this.#settled.keys()) {
      if (keys.length >= count) break;
      keys.push(key);
    }
    return inOrder(keys);
  }

  /** The settled ones of records before this one, in the order of the index. Some milliseconds for all that can be here. */
  before(end: Sequence): readonly Buffer[] {
    const keys: string[] = [];
    for (const [key, sequence] of this.#settled) {
      if (sequence >= end) break;
      keys.push(key);
    }
    return inOrder(keys);
  }

  /** Settled ones that begin with this. O(size). */
  startingWith(prefix: Buffer): readonly (readonly [key: Buffer, sequence: Sequence])[] {
    const text = prefix.toString('latin1');
    const alike = [...this.#settled].filter(([key]) => key.startsWith(text));
    return alike.map(([key, sequence]) => [Buffer.from(key, 'latin1'), sequence]);
  }

  clear(): void {
    this.#settled.clear();
    this.#staged.clear();
  }
}

/** One unit a byte, so that units, by which strings are sorted, stand in the order of bytes. */
const inOrder = (keys: string[]): readonly Buffer[] => keys.sort().map((key) => Buffer.from(key, 'latin1'));
