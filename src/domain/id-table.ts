/**
 * Dense numbers for ids, given on first sight. Nothing of them is in the heap, where collecting garbage would walk over a
 * million strings. One large table would be built anew each time it doubles, which holds the thread for some fifty
 * milliseconds at a million ids; here many small ones grow by themselves.
 */

import { IdBytes } from './id-bytes.ts';
import type { PackedIds } from './packed-ids.ts';

/** By the upper bits of the hash; the lower ones say where in the shard. */
const SHARD_BITS = 8;
const FIRST_SLOTS = 16;
/** Share of the slots of a shard that may be taken. */
const MOST_TAKEN = 5 / 8;
/** Ids that were made strings lately are kept as such. */
const KEPT = 2 ** 16;

export class IdTable<Id extends string> {
  readonly #ids = new IdBytes<Id>(ArrayBuffer);
  /** A slot is a number and one more, 0 where it is free, and the hash of its id. */
  readonly #shards = firstShards();
  readonly #taken = new Uint32Array(2 ** SHARD_BITS);
  /** At the lower bits of their number, from the first that is kept on. */
  #kept: Id[] = [];
  #keptNumbers = new Int32Array();

  get size(): number {
    return this.#ids.length;
  }

  /** Outside of the heap: the ids, 8 for each, and slots of 8 of which at most five of eight are taken. */
  get bytes(): number {
    return this.#shards.reduce((sum, { byteLength }) => sum + byteLength, this.#ids.bytes);
  }

  /** The number of an id; undefined when it was never given one. O(1). */
  find(id: Id): number | undefined {
    const hash = hashOf(id);
    const shard = this.#shards[hash >>> (32 - SHARD_BITS)]!;
    const number = shard[this.#slotOf(id, hash, shard)]! - 1;
    return number < 0 ? undefined : number;
  }

  /** The number of an id, given on first sight: 0, 1, 2 … O(1). */
  numberOf(id: Id): number {
    const hash = hashOf(id);
    const which = hash >>> (32 - SHARD_BITS);
    const shard = this.#shards[which]!;
    const slot = this.#slotOf(id, hash, shard);
    if (shard[slot] !== 0) return shard[slot]! - 1;
    const number = this.#ids.length;
    this.#ids.push(id);
    shard[slot] = number + 1;
    shard[slot + 1] = hash;
    if (2 * ++this.#taken[which]! > MOST_TAKEN * shard.length) this.#shards[which] = grown(shard);
    return number;
  }

  /** The id of a number that was given. */
  id(number: number): Id {
    const at = number & (KEPT - 1);
    if (this.#keptNumbers[at] === number) return this.#kept[at]!;
    const id = this.#ids.id(number);
    if (this.#keptNumbers.length === 0) {
      this.#kept = new Array<Id>(KEPT);
      this.#keptNumbers = new Int32Array(KEPT).fill(-1);
    }
    this.#keptNumbers[at] = number;
    this.#kept[at] = id;
    return id;
  }

  /** Whether the id of a number is the one of an index of the others; a small part of what finding it takes. */
  isSame(number: number, others: PackedIds<Id>, index: number): boolean {
    return others.isSame(index, this.#ids, number);
  }

  /** Where the id is, or the free slot where it belongs. */
  #slotOf(id: Id, hash: number, shard: Int32Array): number {
    const last = shard.length - 1;
    for (let slot = (2 * hash) & last; ; slot = (slot + 2) & last) {
      const number = shard[slot]! - 1;
      if (number < 0 || (shard[slot + 1] === hash && this.#is(number, id))) return slot;
    }
  }

  /** Ids that come back are mostly those that were given out: the same strings, which need not be read. */
  #is(number: number, id: Id): boolean {
    const at = number & (KEPT - 1);
    return this.#keptNumbers[at] === number ? this.#kept[at] === id : this.#ids.is(number, id);
  }
}

/** In one block: a block for each would take most of the time of making a table. */
const firstShards = (): Int32Array[] => {
  const size = 2 * FIRST_SLOTS;
  const all = new Int32Array(size * 2 ** SHARD_BITS);
  return Array.from({ length: 2 ** SHARD_BITS }, (_, which) => all.subarray(which * size, (which + 1) * size));
};

/** With twice as many slots. */
const grown = (shard: Int32Array): Int32Array => {
  const larger = new Int32Array(2 * shard.length);
  const last = larger.length - 1;
  for (let from = 0; from < shard.length; from += 2) {
    if (shard[from] === 0) continue;
    const hash = shard[from + 1]!;
    let to = (2 * hash) & last;
    while (larger[to] !== 0) to = (to + 2) & last;
    larger[to] = shard[from]!;
    larger[to + 1] = hash;
  }
  return larger;
};

/** FNV-1a over the code units, its bits mixed as murmur3 ends: 32 bits, of which all depend on all. */
const hashOf = (id: string): number => {
  let hash = 0x811c9dc5;
  for (let n = 0; n < id.length; n++) hash = Math.imul(hash ^ id.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};
