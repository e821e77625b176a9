/** A made-up catalogue, its listeners and the models fitted on them, for benches of serving. */

import {
  DAY_MS,
  type EventId,
  type EventOf,
  type Item,
  itemId,
  type ListenerEvent,
  PackedIds,
  toCatalogueLines,
  type UserId,
} from '#domain';
import { startKernelPool } from '#kernels';
import { type Csr, createRng } from '#math';
import { fitAls, fitContent, fitItemKnn, fitPopularity, type Interactions } from '#models';
import { learnReadiness } from '#policy';
import type { ListenerLog, ModelBundle } from '#serving';
import { generateInteractions } from '#simulation';
import { RULES_ALONE } from '#units';

const TRACKS_OF_ARTIST = 8;
export const NOW: number = Date.UTC(2026, 10, 24, 12);

export interface ServingWorld {
  readonly items: readonly Item[];
  readonly counts: Csr;
  readonly log: ListenerLog;
  /** A play of a listener; `n` makes its id. */
  playOf(user: number, item: number, n: number): EventOf<'play'>;
}

export const userName = (user: number): UserId => `user-${user}` as UserId;

export const makeWorld = (listeners: number, itemCount: number): ServingWorld => {
  const { counts } = generateInteractions({ users: listeners, items: itemCount });
  const rng = createRng('bench world');
  const items = Array.from({ length: itemCount }, (_, n) => itemOf(n));
  const playOf = (user: number, item: number, n: number): EventOf<'play'> => ({
    kind: 'play',
    eventId: `${user}-${n}` as EventId,
    userId: userName(user),
    at: NOW - Math.floor(rng.next() * 180 * DAY_MS),
    receivedAt: NOW - DAY_MS,
    itemId: items[item]!.itemId,
    msPlayed: 200_000,
    timeZone: 'Europe/Berlin',
    extra: {},
  });
  const pastOf = (user: number): ListenerEvent[] => {
    const events: ListenerEvent[] = [];
    for (let at = counts.indptr[user]!; at < counts.indptr[user + 1]!; at++) {
      for (let play = 0; play < counts.values[at]!; play++) {
        events.push(playOf(user, counts.indices[at]!, events.length));
      }
    }
    return events;
  };
  const log: ListenerLog = {
    async *past(userId) {
      yield pastOf(Number(userId.slice('user-'.length)));
    },
    slate: async () => null,
    itemCounts: async () => ({ listeners: 0, plays: 0 }),
    async *catalogue() {
      yield toCatalogueLines(items.map((item) => ({ item, addedAt: item.updatedAt })));
    },
    pools: async () => [],
  };
  return { items, counts, log, playOf };
};

export const itemOf = (n: number): Item => ({
  itemId: itemId('track', String(n)),
  type: 'track',
  title: `Track ${n}`,
  artist: `Artist ${Math.floor(n / TRACKS_OF_ARTIST)}`,
  artistId: itemId('artist', String(Math.floor(n / TRACKS_OF_ARTIST))),
  tags: [`tag ${n % 40}`, `mood ${n % 7}`],
  ...(n % 100 === 0 ? { releasedOn: '2026-11-01' } : {}),
  updatedAt: NOW - 200 * DAY_MS,
  extra: {},
});

/** All four models, fitted with every processor. */
export const fitWorld = async ({ items, counts }: ServingWorld): Promise<ModelBundle> => {
  const pool = startKernelPool();
  const data: Interactions = {
    users: Array.from({ length: counts.rows }, (_, user) => String(user)),
    items: items.map((item) => item.itemId),
    counts,
  };
  const listeners = new Uint32Array(items.length);
  for (const item of counts.indices) listeners[item]!++;
  const features = items.map(({ artistId, tags }) => ({ artist: artistId as string, tags: tags ?? [] }));
  const bundle: ModelBundle = {
    version: 'bench',
    trainedAt: NOW,
    basis: 'collaborative',
    items: PackedIds.from(items.map(({ itemId: id }) => id)),
    listeners,
    models: {
      popularity: fitPopularity(data),
      'item-knn': await fitItemKnn(data, {}, pool),
      als: await fitAls(data, { factors: 64, epochs: 3 }, createRng('als'), pool),
      content: fitContent({ items: data.items, features, sessions: [] }),
    },
    readiness: learnReadiness([]),
    intents: RULES_ALONE,
    users: counts.rows,
    interactions: counts.indices.length,
    seconds: 0,
    notes: [],
  };
  await pool.close();
  return bundle;
};

/** n, median, 95th and 99th percentile and largest. */
export const quantiles = (values: number[]) => {
  const sorted = values.sort((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(2));
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};
