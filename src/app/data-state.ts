/** Whose data are in here: nobody's, a made-up world's, real listeners'. Read once, then kept by what comes in. */

import type { Item, ListenerEvent, UserId } from '#domain';
import { PLAYGROUND_PREFIX } from '#jobs';
import type { Journal } from '#journal';
import { queries, type Warehouse } from '#warehouse';
import { eventOf, tailRecords } from './journal-tail.ts';

/** Begins the id of every listener and, after the type, of every item of the playground. */
export const MADE_UP = `${PLAYGROUND_PREFIX}-`;

const isMadeUp = (id: string): boolean => id.startsWith(MADE_UP);
/** What was only shown to someone says nothing of who they are. */
const SHOWN = new Set<ListenerEvent['kind']>(['slate', 'impression']);
/** More than the listeners of a playground, so that among as many there is a real one if there is any. */
const LOOKED_AT = 400;

export class DataState {
  #hasLive = false;
  #hasMadeUp = false;
  #liveUser: UserId | null = null;
  #madeUpUser: UserId | null = null;

  /** Asks the warehouse and the tail of the journal. */
  async read(warehouse: Warehouse, journal: Journal): Promise<void> {
    this.reset();
    const [found] = await warehouse.query(queries.presence, { prefix: MADE_UP });
    if (found !== undefined) {
      this.#hasLive = found.events + found.items > 0;
      this.#hasMadeUp = found.prefixed_events + found.prefixed_items > 0;
    }
    const users = await warehouse.query(queries.usersSearch, { prefix: '', limit: LOOKED_AT });
    this.#liveUser = (users.find((user) => !isMadeUp(user.user_id))?.user_id as UserId | undefined) ?? null;
    this.#madeUpUser = (users.find((user) => isMadeUp(user.user_id))?.user_id as UserId | undefined) ?? null;
    for await (const record of tailRecords(journal)) {
      const event = eventOf(record);
      if (event !== null) this.events([event]);
      else this.#note(!isMadeUp(record.eventId.slice(record.eventId.indexOf(':') + 1)));
    }
  }

  get data(): 'empty' | 'playground' | 'live' {
    if (this.#hasLive) return 'live';
    return this.#hasMadeUp ? 'playground' : 'empty';
  }

  get hasMadeUp(): boolean {
    return this.#hasMadeUp;
  }

  get hasLive(): boolean {
    return this.#hasLive;
  }

  /** Who is shown when nobody is chosen. */
  get defaultUser(): UserId | null {
    return this.#liveUser ?? this.#madeUpUser;
  }

  /** Whose history has just been imported. */
  prefer(userId: UserId): void {
    this.#liveUser = userId;
  }

  events(events: readonly ListenerEvent[]): void {
    for (const { kind, userId } of events) {
      if (SHOWN.has(kind)) continue;
      const isLive = !isMadeUp(userId);
      this.#note(isLive);
      if (isLive) this.#liveUser ??= userId;
    }
  }

  items(items: readonly Item[]): void {
    for (const { itemId } of items) this.#note(!isMadeUp(itemId.slice(itemId.indexOf(':') + 1)));
  }

  reset(): void {
    this.#hasLive = false;
    this.#hasMadeUp = false;
    this.#liveUser = null;
    this.#madeUpUser = null;
  }

  #note(isLive: boolean): void {
    if (isLive) this.#hasLive = true;
    else this.#hasMadeUp = true;
  }
}
