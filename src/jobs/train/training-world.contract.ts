/** Training data of a made-up world, without a store: what tests of fitting share. */

import { type ItemId, isListen } from '#domain';
import { createWorld } from '#simulation';
import { NO_ANSWERS } from '#units';
import type { TrainingData } from './training-data.ts';

/** Made anew each time: a fit in a worker takes the arrays away. */
export const worldData = (listeners = 60): TrainingData => {
  const world = createWorld({ seed: 3, listeners, tracks: 400, days: 30, until: Date.UTC(2026, 10, 24) });
  const index = new Map(world.items.map((item, n) => [item.itemId, n]));
  const pairs = new Map<string, { user: number; item: number; listens: number; lastAt: number }>();
  const users = new Map<string, number>();
  const sessions = new Map<string, number[]>();
  for (const event of [...world.batches()].flat()) {
    if (event.kind !== 'play' || !isListen(event)) continue;
    const item = index.get(event.itemId as ItemId) ?? -1;
    const user = users.get(event.userId) ?? users.size;
    users.set(event.userId, user);
    const pair = pairs.get(`${user} ${item}`) ?? { user, item, listens: 0, lastAt: 0 };
    pairs.set(`${user} ${item}`, { ...pair, listens: pair.listens + 1, lastAt: event.at });
    sessions.set(event.sessionId ?? '', [...(sessions.get(event.sessionId ?? '') ?? []), item]);
  }
  const entries = [...pairs.values()];
  const listenersOf = new Uint32Array(world.items.length);
  for (const { item } of entries) listenersOf[item]!++;
  let end = 0;
  const starts = [...sessions.values()].map((session) => {
    end += session.length;
    return end - session.length;
  });
  return {
    items: world.items.map((item) => item.itemId),
    artists: world.items.map((item) => item.artistId ?? null),
    albums: world.items.map((item) => item.albumId ?? null),
    tags: world.items.map((item) => item.tags ?? []),
    listeners: listenersOf,
    users: users.size,
    userIndex: Uint32Array.from(entries, (entry) => entry.user),
    itemIndex: Uint32Array.from(entries, (entry) => entry.item),
    listens: Float32Array.from(entries, (entry) => entry.listens),
    lastAt: Float64Array.from(entries, (entry) => entry.lastAt),
    sessionItems: Uint32Array.from([...sessions.values()].flat()),
    sessionStarts: Uint32Array.from([...starts, end]),
    samplePermille: 1000,
    answers: NO_ANSWERS,
  };
};
