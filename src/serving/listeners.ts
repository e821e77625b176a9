/** Who is remembered: listeners come into memory on first use and leave it when others are used more. */

import { EngineError, type EpochMs, type ListenerEvent, type UserId } from '#domain';
import type { Catalogue } from './catalogue.ts';
import { Listener, momentOf } from './listener.ts';
import type { ListenerLog } from './listener-log.ts';
import { LocalClock } from './local-clock.ts';

/** Events received so shortly before a refill may also be on their way from the intake. */
const OVERLAP_MS = 60_000;

/** In order of time, of one moment slates first: what was shown was there before anybody did something with it. */
const asItHappened = (a: ListenerEvent, b: ListenerEvent): number =>
  momentOf(a) - momentOf(b) || Number(b.kind === 'slate') - Number(a.kind === 'slate');

interface Loading {
  readonly listener: Promise<Listener>;
  /** Acknowledged while the log is read. */
  readonly arrived: ListenerEvent[];
}

export interface MemoryBounds {
  readonly listeners: number;
  /** Items remembered of all listeners together. */
  readonly items: number;
}

export class Listeners {
  readonly clock = new LocalClock();
  /** Least recently used first. */
  readonly #known = new Map<UserId, Listener>();
  readonly #loading = new Map<UserId, Loading>();
  /** Who moved while their past could not be read. */
  readonly #toCountAgain = new WeakSet<Listener>();
  /** Items remembered of all that are known. */
  #items = 0;
  readonly #log: ListenerLog;
  readonly #catalogue: Catalogue;
  readonly #bounds: MemoryBounds;

  constructor(log: ListenerLog, catalogue: Catalogue, bounds: MemoryBounds) {
    this.#log = log;
    this.#catalogue = catalogue;
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#known.size;
  }

  /**
   * The listener, read from the log on first use; someone without events is an empty listener. Rejects as the log does, but of
   * someone in memory only where the warehouse is not merely away.
   */
  async find(userId: UserId, now: EpochMs, timeZone?: string): Promise<Listener> {
    const known = this.#known.get(userId);
    if (known === undefined) return this.#load(userId, now, timeZone);
    this.#known.delete(userId);
    this.#known.set(userId, known);
    const isThere = timeZone === undefined || this.clock.isSame(timeZone, known.place.timeZone);
    if (isThere && !this.#toCountAgain.has(known)) return known;
    // Listens counted by the clock of another place are counted again.
    if (known.listensWithoutPlace > 0) {
      try {
        return await this.#load(userId, now, timeZone ?? known.place.timeZone);
      } catch (error) {
        const isAway = error instanceof EngineError && error.code === 'warehouse_unavailable';
        // While it is away the counts of before stand; of somebody forgotten meanwhile nothing may come back.
        if (!isAway || this.#known.get(userId) !== known) throw error;
        this.#toCountAgain.add(known);
      }
    }
    if (timeZone !== undefined) known.moveTo(timeZone, now);
    return known;
  }

  /** The listener if in memory. */
  peek(userId: UserId): Listener | undefined {
    return this.#known.get(userId);
  }

  apply(events: readonly ListenerEvent[]): void {
    for (const event of events) {
      this.#loading.get(event.userId)?.arrived.push(event);
      const known = this.#known.get(event.userId);
      if (known === undefined) continue;
      const before = known.items.size;
      known.apply(event);
      this.#items += known.items.size - before;
    }
  }

  forget(userId: UserId): void {
    this.#drop(userId);
    this.#loading.delete(userId);
  }

  clear(): void {
    this.#known.clear();
    this.#items = 0;
    this.#loading.clear();
  }

  #load(userId: UserId, now: EpochMs, timeZone: string | undefined): Promise<Listener> {
    const running = this.#loading.get(userId);
    if (running !== undefined) return running.listener;
    const arrived: ListenerEvent[] = [];
    const loading: Loading = { arrived, listener: this.#read(userId, now, timeZone) };
    this.#loading.set(userId, loading);
    const settle = (listener: Listener | undefined) => {
      // Forgotten meanwhile: nothing of it may come back.
      if (this.#loading.get(userId) !== loading) return;
      this.#loading.delete(userId);
      if (listener === undefined) return;
      // Here and not in `#read`: from now on events go to the listener directly, so none falls in between.
      for (const event of arrived) listener.apply(event);
      // Until now the one who was known answered, where the past is read again.
      this.#drop(userId);
      this.#known.set(userId, listener);
      this.#items += listener.items.size;
      this.#evict();
    };
    return loading.listener.then(
      (listener) => {
        settle(listener);
        return listener;
      },
      (error: unknown) => {
        settle(undefined);
        throw error;
      },
    );
  }

  async #read(userId: UserId, now: EpochMs, timeZone: string | undefined): Promise<Listener> {
    const listener = new Listener(this.#catalogue, this.clock);
    const events: ListenerEvent[] = [];
    for await (const batch of this.#log.past(userId)) for (const event of batch) events.push(event);
    // The log has any order, and of what is remembered up to a bound the last ones count.
    events.reverse().sort(asItHappened);
    // Where the listener is now comes first: plays without a place of their own are counted by that clock.
    for (const event of events) listener.locate(event);
    if (timeZone !== undefined) listener.moveTo(timeZone, now);
    listener.countAll(events);
    for (const event of events) if (event.receivedAt >= now - OVERLAP_MS) listener.remember(event);
    return listener;
  }

  #evict(): void {
    for (const userId of this.#known.keys()) {
      if (this.#known.size <= this.#bounds.listeners && this.#items <= this.#bounds.items) return;
      if (this.#known.size === 1) return;
      this.#drop(userId);
    }
  }

  #drop(userId: UserId): void {
    this.#items -= this.#known.get(userId)?.items.size ?? 0;
    this.#known.delete(userId);
  }
}
