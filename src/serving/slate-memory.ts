/** The last slates, so that why, a weekly list or the decision log need not ask the log for what was just served. */

import type { EventOf, SlateId, UserId } from '#domain';

const KEPT = 500;

export class SlateMemory {
  /** Least recently used first. */
  readonly #slates = new Map<SlateId, EventOf<'slate'>>();

  put(slate: EventOf<'slate'>): void {
    const slateId = slate.slateId as SlateId;
    this.#slates.delete(slateId);
    this.#slates.set(slateId, slate);
    for (const oldest of this.#slates.keys()) {
      if (this.#slates.size <= KEPT) return;
      this.#slates.delete(oldest);
    }
  }

  find(slateId: SlateId): EventOf<'slate'> | undefined {
    return this.#slates.get(slateId);
  }

  forget(userId: UserId): void {
    for (const [slateId, slate] of this.#slates) if (slate.userId === userId) this.#slates.delete(slateId);
  }

  clear(): void {
    this.#slates.clear();
  }
}
