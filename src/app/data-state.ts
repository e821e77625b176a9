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

interface Found {
  hasLive: boolean;
  hasMadeUp: boolean;
  liveUser: UserId | null;
  madeUpUser: UserId | null;
}

const nobody = (): Found => ({ hasLive: false, hasMadeUp: false, liveUser: null, madeUpUser: null });

export class DataState {
  #found = nobody();
  /** What a reading under way has found: it is told of what comes in meanwhile. */
  #next: Found | null = null;
  #last: Promise<void> = Promise.resolve();

  /** Asks the warehouse and the tail of the journal. */
  read(warehouse: Warehouse, journal: Journal): Promise<void> {
    return this.#inTurn(() => this.#read(warehouse, journal, null));
  }

  /** Reads again after somebody was erased; who is shown when nobody is chosen stays, unless it was them. */
  forget(userId: UserId, warehouse: Warehouse, journal: Journal): Promise<void> {
    return this.#inTurn(() => {
      const { liveUser } = this.#found;
      return this.#read(warehouse, journal, liveUser === userId ? null : liveUser);
    });
  }

  get data(): 'empty' | 'playground' | 'live' {
    if (this.#found.hasLive) return 'live';
    return this.#found.hasMadeUp ? 'playground' : 'empty';
  }

  get hasMadeUp(): boolean {
    return this.#found.hasMadeUp;
  }

  get hasLive(): boolean {
    return this.#found.hasLive;
  }

  /** Who is shown when nobody is chosen. */
  get defaultUser(): UserId | null {
    return this.#found.liveUser ?? this.#found.madeUpUser;
  }

  /** Whose history has just been imported. */
  prefer(userId: UserId): void {
    for (const found of this.#known()) found.liveUser = userId;
  }

  events(events: readonly ListenerEvent[]): void {
    for (const found of this.#known()) noteEvents(found, events);
  }

  items(items: readonly Item[]): void {
    for (const found of this.#known()) for (const { itemId } of items) note(found, isLiveItem(itemId));
  }

  async #read(warehouse: Warehouse, journal: Journal, liveUser: UserId | null): Promise<void> {
    const found = { ...nobody(), liveUser };
    this.#next = found;
    try {
      await ask(found, warehouse, journal);
      this.#found = found;
    } finally {
      this.#next = null;
    }
  }

  #known(): readonly Found[] {
    return this.#next === null ? [this.#found] : [this.#found, this.#next];
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

const ask = async (found: Found, warehouse: Warehouse, journal: Journal): Promise<void> => {
  const [presence] = await warehouse.query(queries.presence, { prefix: MADE_UP });
  if (presence !== undefined) {
    found.hasLive ||= presence.events + presence.items > 0;
    found.hasMadeUp ||= presence.prefixed_events + presence.prefixed_items > 0;
  }
  const users = await warehouse.query(queries.usersSearch, { prefix: '', limit: LOOKED_AT });
  found.liveUser ??= (users.find((user) => !isMadeUp(user.user_id))?.user_id as UserId | undefined) ?? null;
  found.madeUpUser = (users.find((user) => isMadeUp(user.user_id))?.user_id as UserId | undefined) ?? null;
  for await (const record of tailRecords(journal)) {
    const event = eventOf(record);
    if (event === null) note(found, isLiveItem(record.eventId));
    else noteEvents(found, [event]);
  }
};

const noteEvents = (found: Found, events: readonly ListenerEvent[]): void => {
  for (const { kind, userId } of events) {
    if (SHOWN.has(kind)) continue;
    const isLive = !isMadeUp(userId);
    note(found, isLive);
    if (isLive) found.liveUser ??= userId;
  }
};

const isLiveItem = (itemId: string): boolean => !isMadeUp(itemId.slice(itemId.indexOf(':') + 1));

const note = (found: Found, isLive: boolean): void => {
  if (isLive) found.hasLive = true;
  else found.hasMadeUp = true;
};
