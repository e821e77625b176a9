/**
 * The last slates, so that a home that still stands, why, a weekly list or the decision log need not ask the log for what was
 * just served. They lie one after the other as rows in one ring of bytes outside of the heap: a home is a hundred cards, and
 * objects would be for the collector of garbage to walk over.
 */

import { type EventOf, fromRow, type SlateId, type UserId } from '#domain';

/** Room for some 1,800 homes; the system gives it page by page, as it is used. */
const RING_BYTES = 64 * 2 ** 20;

interface Slot {
  readonly userId: UserId;
  readonly offset: number;
  readonly end: number;
}

export class SlateMemory {
  readonly #size: number;
  #ring: Buffer | undefined;
  /** Where the next slate goes. */
  #next = 0;
  /** In the order of the ring, the oldest first. */
  readonly #slots = new Map<SlateId, Slot>();

  constructor(bytes: number = RING_BYTES) {
    this.#size = bytes;
  }

  /** Keeps the slate as the row that `toRow` makes of it. It takes the place of the oldest; what is larger than all of the ring is not kept. */
  put(slateId: SlateId, userId: UserId, row: string): void {
    this.drop(slateId);
    const length = Buffer.byteLength(row);
    if (length > this.#size) return;
    this.#ring ??= Buffer.alloc(this.#size);
    if (this.#next + length > this.#size) {
      this.#dropWhile(({ offset }) => offset >= this.#next);
      this.#next = 0;
    }
    const end = this.#next + length;
    this.#dropWhile((oldest) => oldest.offset < end && oldest.end > this.#next);
    this.#ring.write(row, this.#next);
    this.#slots.set(slateId, { userId, offset: this.#next, end });
    this.#next = end;
  }

  find(slateId: SlateId): EventOf<'slate'> | undefined {
    const slot = this.#slots.get(slateId);
    if (slot === undefined) return undefined;
    const row = this.#ring!.toString('utf8', slot.offset, slot.end);
    return fromRow('slate', JSON.parse(row)) as EventOf<'slate'>;
  }

  /** What is gone is overwritten: nothing of somebody who was erased is left. */
  drop(slateId: SlateId): void {
    const slot = this.#slots.get(slateId);
    if (slot === undefined) return;
    this.#ring!.fill(0, slot.offset, slot.end);
    this.#slots.delete(slateId);
  }

  forget(userId: UserId): void {
    for (const [slateId, slot] of this.#slots) if (slot.userId === userId) this.drop(slateId);
  }

  clear(): void {
    this.#slots.clear();
    this.#ring = undefined;
    this.#next = 0;
  }

  #dropWhile(isInTheWay: (oldest: Slot) => boolean): void {
    for (const [slateId, slot] of this.#slots) {
      if (!isInTheWay(slot)) return;
      this.drop(slateId);
    }
  }
}
