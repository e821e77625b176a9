/** Training data from events in memory, as the queries of the warehouse give them. */

import { type EpochMs, type EventOf, type Item, type ItemId, isListen, type ListenerEvent } from '#domain';
import { NO_ANSWERS } from '#units';
import type { TrainingData } from '../train/training-data.ts';

const SESSION_GAP_MS = 30 * 60_000;

interface Pair {
  listens: number;
  lastAt: EpochMs;
}

export const trainingDataOf = (
  items: readonly Item[],
  events: ReadonlyMap<string, readonly ListenerEvent[]>,
): TrainingData => {
  const itemIds = items.map((item) => item.itemId);
  const indexOf = new Map<ItemId, number>(itemIds.map((id, n) => [id, n]));
  const listeners = new Uint32Array(items.length);
  const userIndex: number[] = [];
  const itemIndex: number[] = [];
  const listens: number[] = [];
  const lastAt: number[] = [];
  const sessionItems: number[] = [];
  const sessionStarts: number[] = [];
  let users = 0;
  for (const own of events.values()) {
    const plays = own.filter((event): event is EventOf<'play'> => event.kind === 'play' && isListen(event));
    const pairs = pairsOf(plays, indexOf);
    for (const item of pairs.keys()) listeners[item]!++;
    for (const refused of refusedIn(own, indexOf)) pairs.delete(refused);
    if (pairs.size === 0) continue;
    for (const [item, pair] of pairs) {
      userIndex.push(users);
      itemIndex.push(item);
      listens.push(pair.listens);
      lastAt.push(pair.lastAt);
    }
    addSessions(plays, indexOf, sessionItems, sessionStarts);
    users++;
  }
  sessionStarts.push(sessionItems.length);
  return {
    items: itemIds,
    artists: items.map((item) => item.artistId ?? null),
    albums: items.map((item) => item.albumId ?? null),
    tags: items.map((item) => item.tags ?? []),
    listeners,
    users,
    userIndex: Uint32Array.from(userIndex),
    itemIndex: Uint32Array.from(itemIndex),
    listens: Float32Array.from(listens),
    lastAt: Float64Array.from(lastAt),
    sessionItems: Uint32Array.from(sessionItems),
    sessionStarts: Uint32Array.from(sessionStarts),
    samplePermille: 1000,
    answers: NO_ANSWERS,
  };
};

const pairsOf = (plays: readonly EventOf<'play'>[], indexOf: ReadonlyMap<ItemId, number>): Map<number, Pair> => {
  const pairs = new Map<number, Pair>();
  for (const play of plays) {
    const item = indexOf.get(play.itemId as ItemId);
    if (item === undefined) continue;
    const pair = pairs.get(item);
    if (pair === undefined) pairs.set(item, { listens: 1, lastAt: play.at });
    else {
      pair.listens++;
      pair.lastAt = Math.max(pair.lastAt, play.at);
    }
  }
  return pairs;
};

/** Items the listener said no to. */
const refusedIn = (own: readonly ListenerEvent[], indexOf: ReadonlyMap<ItemId, number>): readonly number[] =>
  own.flatMap((event) => {
    if (event.kind !== 'action' || (event.action !== 'hide' && event.action !== 'dislike')) return [];
    const item = indexOf.get(event.itemId as ItemId);
    return item === undefined ? [] : [item];
  });

const addSessions = (
  plays: readonly EventOf<'play'>[],
  indexOf: ReadonlyMap<ItemId, number>,
  sessionItems: number[],
  sessionStarts: number[],
): void => {
  let endedAt = Number.NEGATIVE_INFINITY;
  for (const play of plays) {
    const item = indexOf.get(play.itemId as ItemId);
    if (item === undefined) continue;
    if (play.at - endedAt > SESSION_GAP_MS) sessionStarts.push(sessionItems.length);
    sessionItems.push(item);
    endedAt = play.at + (play.msPlayed ?? 0);
  }
};
