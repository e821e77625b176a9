/** A list of ids in memory that threads share: a million of them are no strings that a collector of garbage walks over. */

import { type IdBlocks, IdBytes } from './id-bytes.ts';

declare const of: unique symbol;
/** What `share` gives, for `postMessage`. */
export type SharedIds<Id extends string> = IdBlocks & { readonly [of]?: Id };

export class PackedIds<Id extends string> implements Iterable<Id> {
  readonly #ids: IdBytes<Id>;

  private constructor(ids: IdBytes<Id>) {
    this.#ids = ids;
  }

  static from<Id extends string>(ids: Iterable<Id>): PackedIds<Id> {
    const bytes = new IdBytes<Id>(SharedArrayBuffer);
    for (const id of ids) bytes.push(id);
    return new PackedIds(bytes);
  }

  /** The same ids on this side: nothing is copied. */
  static open<Id extends string>(shared: SharedIds<Id>): PackedIds<Id> {
    return new PackedIds(IdBytes.open<Id>(shared));
  }

  /** What `toBytes` made. @throws {RangeError} when the bytes are not such. */
  static parse<Id extends string>(bytes: Uint8Array): PackedIds<Id> {
    return new PackedIds(IdBytes.parse<Id>(bytes, SharedArrayBuffer));
  }

  /** To be kept; `parse` reads it. */
  toBytes(): Uint8Array {
    return this.#ids.toBytes();
  }

  share(): SharedIds<Id> {
    return this.#ids.blocks;
  }

  get length(): number {
    return this.#ids.length;
  }

  /** The id of an index below `length`. Each call makes the string. */
  at(index: number): Id {
    return this.#ids.id(index);
  }

  *[Symbol.iterator](): Generator<Id> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  /** Whether the id of an index is the one of an index of others; no string is made. */
  isSame(index: number, others: IdBytes<Id>, other: number): boolean {
    return this.#ids.isSame(index, others, other);
  }
}
