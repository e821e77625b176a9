import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY_MS, fixedClock, HOUR_MS, type UserId } from '#domain';
import { createIntake, createWarehouseWriter, eraseListener, type Intake, openDeadLetters, type Stores } from '#ingest';
import { openLmdbJournal } from '#journal';
import { openChdbWarehouse, type Query, queries, type Warehouse } from '#warehouse';
import { createAnalyses } from './analyses/analyses.ts';
import { createSessions, type Sessions } from './sessions.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const T = NOW - 10 * DAY_MS;
const clock = fixedClock(NOW);

/** What a test lets happen before rows of sessions are asked for or added: once. */
let meanwhile: { readonly at: 'stored_sessions' | 'sessions' | 'insert'; readonly run: () => Promise<void> } | null;
let folder: string;
let stores: Stores;
let intake: Intake;
let sessions: Sessions;

const happens = async (at: string): Promise<void> => {
  if (meanwhile?.at !== at) return;
  const { run } = meanwhile;
  meanwhile = null;
  await run();
};

const watched = (warehouse: Warehouse): Warehouse => ({
  insert: async (table, rows) => {
    if (table === 'session' && rows.length > 0) await happens('insert');
    await warehouse.insert(table, rows);
  },
  async *stream(query, params) {
    await happens(query.name);
    yield* warehouse.stream(query, params);
  },
  query: (query, params) => warehouse.query(query, params),
  eraseUser: (userId) => warehouse.eraseUser(userId),
  clear: (prefix) => warehouse.clear(prefix),
  ping: () => warehouse.ping(),
  close: () => warehouse.close(),
});

beforeEach(async () => {
  meanwhile = null;
  folder = mkdtempSync(join(tmpdir(), 'sessions-'));
  const warehouse = watched(await openChdbWarehouse({ path: join(folder, 'warehouse') }));
  await warehouse.clear();
  const journal = await openLmdbJournal({ path: join(folder, 'journal') });
  const deadLetters = await openDeadLetters({ path: join(folder, 'letters'), clock });
  const writer = createWarehouseWriter({ journal, warehouse, deadLetters, clock });
  stores = { journal, warehouse, writer, deadLetters };
  intake = createIntake({ journal, clock, onError: (error) => expect.unreachable(String(error)) });
  const analyses = createAnalyses({
    warehouse,
    clock,
    exclusive: (part) => writer.exclusive(part),
    carried: () => journal.status().first - 1,
  });
  sessions = createSessions({ analyses, writer, intents: () => null });
});
afterEach(async () => {
  await stores.writer.stop();
  await stores.warehouse.close();
  await stores.journal.close();
  rmSync(folder, { recursive: true, force: true });
});

let plays = 0;
const play = async (user_id: string, at: number): Promise<void> => {
  const event_id = `e${++plays}`;
  await intake.accept([{ type: 'play', event_id, user_id, at, item_id: 'track:a', ms_played: 60_000 }]);
};

const asked = <Row>(sql: string): Query<Record<string, never>, Row> =>
  ({ name: 'test', description: 'asked by a test', grain: 'row', sql, columns: {}, example: {} }) as unknown as Query<
    Record<string, never>,
    Row
  >;
const standing = async () => {
  const { warehouse } = stores;
  const count = asked<{ user_id: string; sessions: number }>(
    'SELECT user_id, toUInt32(count()) AS sessions FROM session FINAL GROUP BY user_id ORDER BY user_id',
  );
  const sums = asked<{ user_id: string; sessions: number }>(
    'SELECT user_id, toUInt32(sum(sessions)) AS sessions FROM user_day GROUP BY user_id HAVING sessions != 0 ORDER BY user_id',
  );
  const found = await warehouse.query(count, {});
  expect(await warehouse.query(sums, {})).toEqual(found);
  return Object.fromEntries(found.map(({ user_id, sessions: some }) => [user_id, some]));
};

/** So much work that what was begun before it would have ended, if it could. */
const muchWork = async (): Promise<void> => {
  for (let n = 0; n < 50; n++) await stores.warehouse.query(queries.overview, {});
};

it('are not derived while a batch is on its way', async () => {
  await play('a', T);
  await play('b', T);
  await sessions.catchUp();
  let flushed: Promise<void> = Promise.resolve();
  meanwhile = {
    at: 'sessions',
    run: async () => {
      await play('b', T + 2 * HOUR_MS);
      flushed = stores.writer.flush();
      await muchWork();
    },
  };
  await play('a', T + HOUR_MS);
  await sessions.catchUp();
  await flushed;
  expect(await standing()).toEqual({ a: 2, b: 1 });
  await sessions.catchUp();
  expect(await standing()).toEqual({ a: 2, b: 2 });
});

it('of somebody who is erased while they are derived do not come back', async () => {
  await play('a', T);
  await play('b', T);
  let erased: Promise<unknown> = Promise.resolve();
  meanwhile = {
    at: 'insert',
    run: async () => {
      erased = eraseListener(stores, 'a' as UserId);
      await muchWork();
    },
  };
  await sessions.catchUp();
  await erased;
  expect(await standing()).toEqual({ b: 1 });
});
