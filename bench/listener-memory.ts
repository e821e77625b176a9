/**
 * What a million listeners take: each is read from the log once and asked about. Those not heard of for longest are let go and
 * come back from the log, so memory stays within the bounds whatever their number.
 *
 *     npx tsx --conditions=ritornello-source bench/listener-memory.ts [--json] [--listeners 1000000] [--plays 30] [--items 50000]
 */

import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  DAY_MS,
  type EventId,
  HOUR_MS,
  type Item,
  itemId,
  type ListenerEvent,
  type SlateId,
  toCatalogueLines,
  type UserId,
} from '#domain';
import { createServing } from '#serving';
import { NOW, quantiles, userName } from './worlds/serving-world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    listeners: { type: 'string', default: '1000000' },
    plays: { type: 'string', default: '30' },
    items: { type: 'string', default: '50000' },
  },
});
const listeners = Number(values.listeners);
const plays = Number(values.plays);
const itemCount = Number(values.items);
/** Asked again at the end, when they have long been let go. */
const AGAIN = 1000;
const MIB = 2 ** 20;

const idOf = (n: number) => itemId('track', String(n % itemCount));
const pastOf = (userId: UserId): ListenerEvent[] => {
  const user = Number(userId.slice('user-'.length));
  return Array.from({ length: plays }, (_, n) => ({
    kind: 'play',
    eventId: `${user}-${n}` as EventId,
    userId,
    at: NOW - n * HOUR_MS,
    receivedAt: NOW - DAY_MS,
    itemId: idOf(user + 7919 * n),
    msPlayed: 200_000,
    timeZone: 'Europe/Berlin',
    extra: {},
  }));
};
const itemOf = (n: number): Item => ({
  itemId: idOf(n),
  type: 'track',
  title: `Track ${n}`,
  artist: `Artist ${n >> 3}`,
  artistId: itemId('artist', String(n >> 3)),
  updatedAt: NOW,
  extra: {},
});

const serving = createServing({
  clock: { now: () => NOW },
  newSlateId: () => 'slate' as SlateId,
  log: {
    async *past(userId) {
      yield pastOf(userId);
    },
    slate: async () => null,
    itemCounts: async () => ({ listeners: 0, plays: 0 }),
    async *catalogue() {
      for (let n = 0; n < itemCount; n++) yield toCatalogueLines([{ item: itemOf(n), addedAt: NOW }]);
    },
    pools: async () => [],
  },
  record: async () => undefined,
});
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** What lives: in the heap, and in arrays of bytes and numbers outside of it. */
const living = () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, outside: external };
};
const before = living();
await serving.start();
const withCatalogue = living();
const bytesAnItem = (of: 'heap' | 'outside'): number => Math.round((withCatalogue[of] - before[of]) / itemCount);

const times: number[] = [];
let peak = 0;
let mostInMemory = 0;
const began = performance.now();
for (let user = 0; user < listeners; user++) {
  const from = performance.now();
  await serving.itemPage(idOf(user), userName(user));
  times.push(performance.now() - from);
  if (user % 1000 === 0) {
    peak = Math.max(peak, process.memoryUsage.rss());
    mostInMemory = Math.max(mostInMemory, (await serving.state()).listenersInMemory);
  }
}
const seconds = (performance.now() - began) / 1000;
let differing = 0;
for (let user = 0; user < AGAIN; user++) {
  const { yours } = await serving.itemPage(idOf(user), userName(user));
  if (yours?.plays !== 1) differing++;
}
const report = {
  listeners,
  plays_each: plays,
  items: itemCount,
  catalogue_bytes_an_item: { in_the_heap: bytesAnItem('heap'), outside: bytesAnItem('outside') },
  most_listeners_in_memory: mostInMemory,
  peak_rss_mib: Math.round(peak / MIB),
  read_and_asked_milliseconds: quantiles(times),
  seconds: Math.round(seconds),
  listeners_that_came_back_different: differing,
};
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
