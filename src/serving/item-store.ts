/**
 * What is known of each item, as bytes outside of the heap: a million objects would take more than twice the memory, and the
 * collector of garbage would have to walk over all of them. Those asked for lately are kept as objects too.
 *
 *   slot of a place ─▶ slab, offset, capacity, length        slab ─▶ list of one item after the other, as JSON
 */

import { type EpochMs, type Item, itemOfList } from '#domain';
import { Column, float64, uint32 } from './column.ts';

const SLAB_BYTES = 4 * 2 ** 20;
/** Slots are multiples of this, so that one that has become free fits others. */
const GRAIN = 32;
/** Items of a generation kept as objects: more than a hundred homes show. */
const KEPT = 20_000;

interface FreeSlot {
  readonly slab: number;
  readonly offset: number;
}

export class ItemStore {
  readonly #slabs: Buffer[] = [];
  /** Bytes of the last slab that are given out. */
  #used = 0;
  readonly #slab = new Column(uint32, 0);
  readonly #offset = new Column(uint32, 0);
  readonly #capacity = new Column(uint32, 0);
  /** 0 where nothing is. */
  readonly #length = new Column(uint32, 0);
  readonly #updatedAt = new Column(float64, 0);
  readonly #free = new Map<number, FreeSlot[]>();
  /** Asked for since the last generation began, and in the one before it: finding one again writes nothing. */
  #kept = new Map<number, Item>();
  #keptBefore = new Map<number, Item>();
  #size = 0;

  /** Items in it. */
  get size(): number {
    return this.#size;
  }

  /** Outside of the heap: the slabs, and 24 for each place, with room for as many places again. */
  get bytes(): number {
    const columns = [this.#slab, this.#offset, this.#capacity, this.#length, this.#updatedAt];
    return [...this.#slabs.map(({ length }) => length), ...columns.map(({ bytes }) => bytes)].reduce(
      (a, b) => a + b,
      0,
    );
  }

  has(place: number): boolean {
    return this.#length.at(place) > 0;
  }

  /** When what is here of it was said; undefined when nothing is. */
  updatedAt(place: number): EpochMs | undefined {
    return this.has(place) ? this.#updatedAt.at(place) : undefined;
  }

  get(place: number): Item | undefined {
    if (!this.has(place)) return undefined;
    const kept = this.#kept.get(place);
    if (kept !== undefined) return kept;
    const item = this.#keptBefore.get(place) ?? this.#read(place);
    if (this.#kept.size === KEPT) {
      this.#keptBefore = this.#kept;
      this.#kept = new Map();
    }
    this.#kept.set(place, item);
    return item;
  }

  /** `list` is that of `listOfItem`, as bytes. */
  put(place: number, list: Uint8Array, updatedAt: EpochMs): void {
    const { length } = list;
    if (!this.has(place)) this.#size++;
    if (length > this.#capacity.at(place)) this.#giveSlot(place, Math.ceil(length / GRAIN) * GRAIN);
    this.#slabs[this.#slab.at(place)]!.set(list, this.#offset.at(place));
    this.#length.set(place, length);
    this.#updatedAt.set(place, updatedAt);
    this.#kept.delete(place);
    this.#keptBefore.delete(place);
  }

  #read(place: number): Item {
    const offset = this.#offset.at(place);
    const slab = this.#slabs[this.#slab.at(place)]!;
    return itemOfList(slab.toString('utf8', offset, offset + this.#length.at(place)));
  }

  #giveSlot(place: number, capacity: number): void {
    const before = this.#capacity.at(place);
    if (before > 0) {
      const slot = { slab: this.#slab.at(place), offset: this.#offset.at(place) };
      const free = this.#free.get(before);
      if (free === undefined) this.#free.set(before, [slot]);
      else free.push(slot);
    }
    const { slab, offset } = this.#free.get(capacity)?.pop() ?? this.#newSlot(capacity);
    this.#slab.set(place, slab);
    this.#offset.set(place, offset);
    this.#capacity.set(place, capacity);
  }

  #newSlot(capacity: number): FreeSlot {
    if (this.#slabs.length === 0 || this.#used + capacity > this.#slabs.at(-1)!.length) {
      this.#slabs.push(Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, capacity)));
      this.#used = 0;
    }
    const offset = this.#used;
    this.#used += capacity;
    return { slab: this.#slabs.length - 1, offset };
  }
}
