/** A made-up world, models fitted on it, and serving over a log in memory: what simulations of serving share. */

import {
  type EpochMs,
  type EventId,
  type EventOf,
  isListen,
  type ListenerEvent,
  PackedIds,
  type SlateId,
  toCatalogueLines,
  type UserId,
} from '#domain';
import { createRng, csrFromTriples } from '#math';
import { fitAls, fitItemKnn, fitPopularity } from '#models';
import { learnReadiness } from '#policy';
import { createServing, type ModelBundle, type Serving } from '#serving';
import { createWorld, type World } from '#simulation';
import { RULES_ALONE } from '#units';

export interface ServedWorld {
  readonly world: World;
  /** The log: the world's own events, then all that was sent or served. */
  readonly events: readonly ListenerEvent[];
  readonly serving: Serving;
  /** The clock's hand. */
  now: EpochMs;
  /** Fields that every event of a listener has, at this moment and where they are. */
  base(userId: UserId): Pick<EventOf<'play'>, 'eventId' | 'userId' | 'at' | 'receivedAt' | 'timeZone' | 'extra'>;
  send(event: ListenerEvent): void;
}

export const UNTIL: EpochMs = Date.UTC(2026, 10, 24, 12);

/** `heard` is told of each event that comes to the log after the world's own. */
export const serveWorld = async (
  options: { seed: number; listeners: number; tracks: number; days: number },
  heard: (event: ListenerEvent) => void = () => undefined,
): Promise<ServedWorld> => {
  const world = createWorld({ ...options, until: UNTIL });
  const events: ListenerEvent[] = [...world.batches()].flat();
  const zoneOf = new Map(world.oracle.listeners.map((listener) => [listener.userId as string, listener.timeZone]));
  let ids = 0;
  const served: ServedWorld = {
    world,
    events,
    now: UNTIL,
    base: (userId) => ({
      eventId: `own-${++ids}` as EventId,
      userId,
      at: served.now,
      receivedAt: served.now,
      timeZone: zoneOf.get(userId) ?? 'UTC',
      extra: {},
    }),
    send: (event) => {
      events.push(event);
      heard(event);
      served.serving.apply([event]);
    },
    serving: createServing({
      clock: { now: () => served.now },
      newSlateId: () => `slate-${++ids}` as SlateId,
      log: {
        async *past(userId) {
          yield events.filter((event) => event.userId === userId);
        },
        slate: async (slateId) =>
          (events.find((event) => event.kind === 'slate' && event.slateId === slateId) as EventOf<'slate'>) ?? null,
        itemCounts: async () => ({ listeners: 0, plays: 0 }),
        async *catalogue() {
          yield toCatalogueLines(world.items.map((item) => ({ item, addedAt: item.updatedAt })));
        },
        pools: async () => events.filter((event) => event.kind === 'editor'),
      },
      record: async (slate) => served.send(slate),
    }),
  };
  await served.serving.start();
  await served.serving.useModels(await bundleOf(world, events));
  return served;
};

const bundleOf = async ({ items }: World, events: readonly ListenerEvent[]): Promise<ModelBundle> => {
  const itemIds = items.map((item) => item.itemId);
  const index = new Map(items.map((item, n) => [item.itemId as string, n]));
  const heard = events.filter((event) => event.kind === 'play').filter((play) => isListen(play));
  const users = [...new Set(heard.map((play) => play.userId))];
  const row = new Map(users.map((user, n) => [user, n]));
  const counts = csrFromTriples(users.length, items.length, {
    rows: heard.map((play) => row.get(play.userId)!),
    columns: heard.map((play) => index.get(play.itemId)!),
    values: heard.map(() => 1),
  });
  const listeners = new Uint32Array(items.length);
  for (const item of counts.indices) listeners[item]!++;
  const data = { users, items: itemIds, counts };
  const breadths = users.map((userId) => {
    const own = heard.filter((play) => play.userId === userId).map((play) => items[index.get(play.itemId)!]!);
    const artists = own.map((item) => item.artistId).filter((artist) => artist !== undefined);
    return { plays: artists.length, artists: new Set(artists).size };
  });
  return {
    version: 'test',
    trainedAt: UNTIL,
    basis: 'collaborative',
    items: PackedIds.from(itemIds),
    listeners,
    models: {
      popularity: fitPopularity(data),
      'item-knn': await fitItemKnn(data),
      als: await fitAls(data, { factors: 16, epochs: 5 }, createRng('als')),
    },
    readiness: learnReadiness(breadths),
    intents: RULES_ALONE,
    users: users.length,
    interactions: counts.indices.length,
    seconds: 0,
    notes: [],
  };
};
