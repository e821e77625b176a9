/** What the tests of serving share: a made-up world, models really fitted on it, and a log in memory. */

import {
  type EpochMs,
  type EventId,
  type EventOf,
  type Item,
  type ItemId,
  isListen,
  type ListenerEvent,
  PackedIds,
  type SlateId,
  toCatalogueLines,
  type UserId,
} from '#domain';
import { createRng, csrFromTriples } from '#math';
import { type AlsOptions, fitAls, fitContent, fitItemKnn, fitPopularity, type Interactions } from '#models';
import { learnReadiness } from '#policy';
import { createWorld } from '#simulation';
import { RULES_ALONE } from '#units';
import { createServing } from './create-serving.ts';
import type { ListenerLog } from './listener-log.ts';
import type { ModelBundle } from './model-bundle.ts';
import type { Serving, ServingDeps } from './serving.ts';

/** Tuesday noon in UTC. */
export const NOW: EpochMs = Date.UTC(2026, 10, 24, 12);

export interface History {
  readonly items: readonly Item[];
  readonly events: readonly ListenerEvent[];
}

export const worldHistory = (options: { listeners: number; tracks: number; days: number; seed?: number }): History => {
  const world = createWorld({ seed: 11, ...options, until: NOW });
  return { items: world.items, events: [...world.batches()].flat() };
};

export const grouped = <T, K>(values: Iterable<T>, keyOf: (value: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
};

const indexed = <T>(values: Iterable<T>): Map<T, number> => new Map([...new Set(values)].map((value, n) => [value, n]));

/** Models of everything in a history; without the collaborative ones when `kinds` says so. */
export const fitBundle = async (
  { items, events }: History,
  kinds: ModelBundle['basis'] = 'collaborative',
  version = 'test-1',
  als: AlsOptions = {},
): Promise<ModelBundle> => {
  const heard = events.filter((event) => (event.kind === 'play' && isListen(event)) || event.kind === 'tally');
  const itemIds = [...indexed([...items.map((item) => item.itemId), ...heard.map(itemOf)]).keys()];
  const index = indexed(itemIds);
  const users = indexed(heard.map((event) => event.userId));
  const counts = csrFromTriples(users.size, itemIds.length, {
    rows: heard.map((event) => users.get(event.userId)!),
    columns: heard.map((event) => index.get(itemOf(event))!),
    values: heard.map((event) => (event.kind === 'tally' ? event.plays : 1)),
  });
  const data: Interactions = { users: [...users.keys()], items: itemIds, counts };
  const byId = new Map(items.map((item) => [item.itemId, item]));
  const artists = (user: number) =>
    new Set([...counts.indices.subarray(counts.indptr[user], counts.indptr[user + 1])].map((item) => artistOf(item)));
  const artistOf = (item: number) => byId.get(itemIds[item]!)?.artistId ?? itemIds[item]!;
  const plays = (user: number) =>
    counts.values.subarray(counts.indptr[user], counts.indptr[user + 1]).reduce((sum, count) => sum + count, 0);
  const listeners = new Uint32Array(itemIds.length);
  for (const item of counts.indices) listeners[item]!++;
  const collaborative = kinds === 'collaborative';
  return {
    version,
    trainedAt: NOW,
    basis: kinds,
    items: PackedIds.from(itemIds),
    listeners,
    models: {
      popularity: fitPopularity(data),
      ...(kinds === 'popularity_only' ? {} : { content: fitContent(contentOf(itemIds, byId, heard, index)) }),
      ...(collaborative ? { 'item-knn': await fitItemKnn(data) } : {}),
      ...(collaborative ? { als: await fitAls(data, { factors: 16, epochs: 5, ...als }, createRng('als')) } : {}),
    },
    readiness: learnReadiness([...users.values()].map((user) => ({ plays: plays(user), artists: artists(user).size }))),
    intents: RULES_ALONE,
    users: users.size,
    interactions: counts.indices.length,
    seconds: 0,
    notes: [],
  };
};

const contentOf = (
  itemIds: readonly ItemId[],
  byId: ReadonlyMap<ItemId, Item>,
  heard: readonly ListenerEvent[],
  index: ReadonlyMap<ItemId, number>,
) => {
  const sessions = grouped(
    heard.filter((event) => event.kind === 'play'),
    (event) => event.sessionId ?? '',
  );
  return {
    items: itemIds,
    features: itemIds.map((id) => {
      const { artistId, albumId, tags } = byId.get(id) ?? {};
      return {
        ...(artistId === undefined ? {} : { artist: artistId }),
        ...(albumId === undefined ? {} : { album: albumId }),
        tags: tags ?? [],
      };
    }),
    sessions: [...sessions.values()].map((plays) => Uint32Array.from(plays, (event) => index.get(itemOf(event))!)),
  };
};

export const itemOf = (event: ListenerEvent): ItemId => (event as EventOf<'play'>).itemId as ItemId;

/** The log as a list, a past newest first as the warehouse tells it; it may be made to fail. */
export class MemoryLog implements ListenerLog {
  readonly events: ListenerEvent[];
  readonly items: readonly Item[];
  /** Thrown by every question, when set. */
  failure: Error | null = null;
  /** Awaited before a past is answered. */
  gate: Promise<void> = Promise.resolve();

  constructor({ items, events }: History) {
    this.items = items;
    this.events = [...events];
  }

  async *past(userId: UserId): AsyncGenerator<readonly ListenerEvent[]> {
    if (this.failure !== null) throw this.failure;
    const events = this.events.filter((event) => event.userId === userId);
    events.sort((a, b) => b.at - a.at || (b.eventId < a.eventId ? -1 : 1));
    await this.gate;
    yield events;
  }

  async slate(slateId: SlateId): Promise<EventOf<'slate'> | null> {
    if (this.failure !== null) throw this.failure;
    return this.slates().find((slate) => slate.slateId === slateId) ?? null;
  }

  async itemCounts(itemId: ItemId): Promise<{ listeners: number; plays: number }> {
    const plays = this.events.filter((event) => event.kind === 'play' && event.itemId === itemId);
    const listens = plays.filter((event) => isListen(event as EventOf<'play'>));
    return { listeners: new Set(listens.map((event) => event.userId)).size, plays: plays.length };
  }

  async *catalogue() {
    yield toCatalogueLines(this.items.map((item) => ({ item, addedAt: item.updatedAt })));
  }

  async pools(): Promise<readonly EventOf<'editor'>[]> {
    return this.events.filter((event) => event.kind === 'editor');
  }

  slates(userId?: string): readonly EventOf<'slate'>[] {
    return this.events.filter(
      (event) => event.kind === 'slate' && (userId === undefined || event.userId === userId),
    ) as EventOf<'slate'>[];
  }
}

export interface Room {
  readonly serving: Serving;
  readonly log: MemoryLog;
  /** The clock's hand. */
  now: EpochMs;
  /** Acknowledges events: on record, then told to serving. */
  send(...events: readonly ListenerEvent[]): void;
  play(userId: UserId, itemId: ItemId, fields?: Partial<EventOf<'play'>>): EventOf<'play'>;
  act(userId: UserId, action: EventOf<'action'>['action'], itemId: ItemId): EventOf<'action'>;
}

/** Serving over a log, as `app` puts it together. Ids and times depend on nothing outside. */
export const openRoom = async (
  history: History,
  bundle: ModelBundle | null,
  deps: Pick<ServingDeps, 'experiments' | 'memory' | 'stopwatch'> = {},
): Promise<Room> => {
  const log = new MemoryLog(history);
  let ids = 0;
  const send = (...events: readonly ListenerEvent[]): void => {
    log.events.push(...events);
    room.serving.apply(events);
  };
  const base = (userId: UserId) => ({
    eventId: `event-${++ids}` as EventId,
    userId,
    at: room.now,
    receivedAt: room.now,
    extra: {},
  });
  const serving = createServing({
    clock: { now: () => room.now },
    newSlateId: () => `slate-${++ids}` as SlateId,
    log,
    record: async (slate, exposures) => send(...exposures, slate),
    ...deps,
  });
  const room: Room = {
    serving,
    log,
    now: NOW,
    send,
    play: (userId, itemId, fields = {}) => {
      const play: EventOf<'play'> = { ...base(userId), kind: 'play', itemId, msPlayed: 180_000, ...fields };
      send(play);
      return play;
    },
    act: (userId, action, itemId) => {
      const event: EventOf<'action'> = { ...base(userId), kind: 'action', action, itemId };
      send(event);
      return event;
    },
  };
  await serving.start();
  await serving.useModels(bundle);
  return room;
};
