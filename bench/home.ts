/**
 * How long a home takes with 50,000 items: the first of a listener, one after an event, and one that still stands.
 * Everything but the journal's disk: state, models, policy, propensities, explanations, and the slate as its log row.
 *
 *     npx tsx --conditions=ritornello-source bench/home.ts [listeners] [items]
 */

import { cpus, loadavg } from 'node:os';
import {
  DAY_MS,
  type EventId,
  type EventOf,
  type Item,
  itemId,
  type ListenerEvent,
  type SlateId,
  toRow,
  type UserId,
} from '#domain';
import { type KernelPool, startKernelPool } from '#kernels';
import { createRng } from '#math';
import { fitAls, fitContent, fitItemKnn, fitPopularity, type Interactions } from '#models';
import { learnReadiness } from '#policy';
import { createServing, type ListenerLog, type ModelBundle } from '#serving';
import { generateInteractions } from '#simulation';

const LISTENERS = Number(process.argv[2] ?? 2000);
const ITEMS = Number(process.argv[3] ?? 50_000);
const TRACKS_OF_ARTIST = 8;
const NOW = Date.UTC(2026, 10, 24, 12);

const { counts } = generateInteractions({ users: LISTENERS, items: ITEMS });
const rng = createRng('bench home');
const items = Array.from(
  { length: ITEMS },
  (_, n): Item => ({
    itemId: itemId('track', String(n)),
    type: 'track',
    title: `Track ${n}`,
    artist: `Artist ${Math.floor(n / TRACKS_OF_ARTIST)}`,
    artistId: itemId('artist', String(Math.floor(n / TRACKS_OF_ARTIST))),
    tags: [`tag ${n % 40}`, `mood ${n % 7}`],
    ...(n % 100 === 0 ? { releasedOn: '2026-11-01' } : {}),
    updatedAt: NOW - 200 * DAY_MS,
    extra: {},
  }),
);

const playOf = (user: number, item: number, n: number): EventOf<'play'> => ({
  kind: 'play',
  eventId: `${user}-${n}` as EventId,
  userId: `user-${user}` as UserId,
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

const fitAll = async (pool: KernelPool): Promise<ModelBundle> => {
  const data: Interactions = {
    users: Array.from({ length: LISTENERS }, (_, user) => String(user)),
    items: items.map((item) => item.itemId),
    counts,
  };
  const listeners = new Uint32Array(ITEMS);
  for (const item of counts.indices) listeners[item]!++;
  const features = items.map(({ artistId, tags }) => ({ artist: artistId as string, tags: tags ?? [] }));
  return {
    version: 'bench',
    trainedAt: NOW,
    basis: 'collaborative',
    items: data.items,
    listeners,
    models: {
      popularity: fitPopularity(data),
      'item-knn': await fitItemKnn(data, {}, pool),
      als: await fitAls(data, { factors: 64, epochs: 3 }, createRng('als'), pool),
      content: fitContent({ items: data.items, features, sessions: [] }),
    },
    readiness: learnReadiness([]),
    users: LISTENERS,
    interactions: counts.indices.length,
    seconds: 0,
    notes: [],
  };
};

const log: ListenerLog = {
  async *past(userId) {
    yield pastOf(Number(userId.slice('user-'.length)));
  },
  slate: async () => null,
  itemCounts: async () => ({ listeners: 0, plays: 0 }),
  async *catalogue() {
    yield items.map((item) => ({ item, addedAt: item.updatedAt }));
  },
  pools: async () => [],
};

const quantiles = (milliseconds: number[]) => {
  const sorted = milliseconds.sort((a, b) => a - b);
  const at = (share: number) =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(2));
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};

const started = performance.now();
const pool = startKernelPool();
const bundle = await fitAll(pool);
await pool.close();
const fitSeconds = (performance.now() - started) / 1000;
let ids = 0;
let rowBytes = 0;
const serving = createServing({
  clock: { now: () => NOW },
  newSlateId: () => `slate-${++ids}` as SlateId,
  log,
  record: async (slate) => {
    rowBytes += toRow(slate).length;
    serving.apply([slate]);
  },
});
await serving.start();
// biome-ignore lint/correctness/useHookAtTopLevel: no hook, there is no React here
serving.useModels(bundle);

const KINDS = ['first', 'afterEvent', 'standing'] as const;
type Kind = (typeof KINDS)[number];
const WARM_UP = 100;
const wall: Record<Kind, number[]> = { first: [], afterEvent: [], standing: [] };
/** Processor time of the whole process: what is left of the numbers when the machine has other things to do. */
const processor: Record<Kind, number[]> = { first: [], afterEvent: [], standing: [] };
const timed = async (kind: Kind, userId: UserId) => {
  const from = performance.now();
  const used = process.cpuUsage();
  const slate = await serving.home(userId);
  const { user, system } = process.cpuUsage(used);
  wall[kind].push(performance.now() - from);
  processor[kind].push((user + system) / 1000);
  return slate;
};
const summary = (times: Record<Kind, number[]>) => ({
  first_home_of_a_listener: quantiles(times.first.slice(WARM_UP)),
  home_after_an_event: quantiles(times.afterEvent.slice(WARM_UP)),
  home_that_stands: quantiles(times.standing.slice(WARM_UP)),
});
let cards = 0;
let explained = 0;
for (let user = 0; user < LISTENERS; user++) {
  const userId = `user-${user}` as UserId;
  await timed('first', userId);
  serving.apply([{ ...playOf(user, rng.int(ITEMS), -1), at: NOW - 60_000 }]);
  const slate = await timed('afterEvent', userId);
  await timed('standing', userId);
  for (const card of slate.shelves.flatMap((shelf) => shelf.cards)) {
    cards++;
    if (card.explanation !== null) explained++;
  }
}
const report = {
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
  items: ITEMS,
  listeners: LISTENERS,
  plays_per_listener: Math.round(counts.values.reduce((sum, count) => sum + count, 0) / LISTENERS),
  fit_seconds: Number(fitSeconds.toFixed(1)),
  load_average: loadavg()[0],
  milliseconds: summary(wall),
  processor_milliseconds: summary(processor),
  cards_per_home: Number((cards / LISTENERS).toFixed(1)),
  explained: Number((explained / cards).toFixed(3)),
  log_row_bytes: Math.round(rowBytes / ids),
  rss_mib: Math.round(process.memoryUsage.rss() / 2 ** 20),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
