import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY_MS, fixedClock, HOUR_MS, parseEvent, toRow } from '#domain';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { deriveSessions } from './derive-sessions.ts';
import { defineTestQuery } from './test-query.contract.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const T = NOW - 10 * DAY_MS;
let folder: string;
let warehouse: Warehouse;
let sequence: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'derive-'));
  warehouse = await openChdbWarehouse({ path: folder });
  sequence = 0;
  await warehouse.clear();
});
afterEach(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const rowOf = (user_id: string, at: number, fields: Record<string, unknown> = {}): string => {
  const wire = {
    type: 'play',
    event_id: `e${++sequence}`,
    user_id,
    at,
    item_id: 'track:a',
    ms_played: 60_000,
    ...fields,
  };
  const parsed = parseEvent(wire, NOW + DAY_MS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return withSequence(toRow(parsed.event), sequence);
};
const play = (...given: Parameters<typeof rowOf>): Promise<void> => warehouse.insert('play', [rowOf(...given)]);
const derive = (now = NOW, rebuild = false) => deriveSessions({ warehouse, clock: fixedClock(now) }, { rebuild });

/** What stands, from both tables; they must agree at every moment. */
const standing = async () => {
  const sessions = await warehouse.query(
    defineTestQuery<{ user_id: string; plays: number; is_open: boolean }>(
      'SELECT user_id, plays, is_open FROM session FINAL ORDER BY user_id, at',
    ),
    {},
  );
  const [sums] = await warehouse.query(
    defineTestQuery<{ sessions: number; plays: number }>(
      'SELECT sum(sessions) AS sessions, sum(plays) AS plays FROM user_day',
    ),
    {},
  );
  expect(sums).toEqual({ sessions: sessions.length, plays: sessions.reduce((sum, { plays }) => sum + plays, 0) });
  return sessions.map(({ user_id, plays, is_open }) => `${user_id}:${plays}${is_open ? ':open' : ''}`);
};

it('derives what is new and nothing twice', async () => {
  await play('a', T);
  await play('a', T + 2 * HOUR_MS);
  await play('b', T);
  expect(await derive()).toMatchObject({ sessions: 3, through: 3 });
  expect(await derive()).toMatchObject({ sessions: 0 });
  expect(await standing()).toEqual(['a:1', 'a:1', 'b:1']);
});

it('joins two sessions when a late event shows that they were one', async () => {
  await play('a', T);
  await play('a', T + HOUR_MS);
  await derive();
  await play('a', T + HOUR_MS / 2);
  await derive();
  expect(await standing()).toEqual(['a:3']);
});

it('closes an open session when its time has passed, without a new event', async () => {
  await play('a', NOW - 60_000);
  await derive();
  expect(await standing()).toEqual(['a:1:open']);
  await derive(NOW + HOUR_MS);
  expect(await standing()).toEqual(['a:1']);
});

it('rebuilds everything, and finishes what broke off', async () => {
  await play('a', T);
  await play('b', T);
  const stopped = AbortSignal.abort(new Error('stopped'));
  await derive();
  await expect(
    deriveSessions({ warehouse, clock: fixedClock(NOW) }, { rebuild: true, signal: stopped }),
  ).rejects.toThrow('stopped');
  await derive(NOW, true);
  expect(await standing()).toEqual(['a:1', 'b:1']);
});

/** The warehouse, with something that happens before its calls. */
const withBefore = (before: Partial<Record<'insert' | 'stream', (what: string) => Promise<void>>>): Warehouse => ({
  insert: async (table, rows) => {
    await before.insert?.(`${table} ${rows.toString().includes('"sign":-1') ? 'back' : ''}`);
    await warehouse.insert(table, rows);
  },
  async *stream(query, params) {
    await before.stream?.(query.name);
    yield* warehouse.stream(query, params);
  },
  query: (query, params) => warehouse.query(query, params),
  eraseUser: (userId) => warehouse.eraseUser(userId),
  clear: (prefix) => warehouse.clear(prefix),
  ping: () => warehouse.ping(),
  close: () => warehouse.close(),
});

it('takes back and writes in few inserts, however the rows come', async () => {
  const plays = Array.from({ length: 1500 }, (_, n) => rowOf(`user-${n % 50}`, T + n * 10 * 60_000));
  await warehouse.insert('play', plays);
  const inserts: string[] = [];
  const counting = withBefore({ insert: async (table) => void inserts.push(table.trim()) });
  const deps = { warehouse: counting, clock: fixedClock(NOW + DAY_MS) };
  const { sessions } = await deriveSessions(deps);
  expect(sessions).toBeGreaterThan(1000);
  inserts.length = 0;
  expect(await deriveSessions(deps, { rebuild: true })).toMatchObject({ sessions });
  expect(inserts).toEqual(['derivation', 'session back', 'session', 'derivation']);
});

it('loses nothing to a merge that collapses what was taken back before it is derived again', async () => {
  await play('a', NOW - 60_000);
  await play('b', T);
  await derive();
  const merge = defineTestQuery<never>('OPTIMIZE TABLE session FINAL');
  const merging = withBefore({
    stream: async (name) => {
      if (name === 'sessions') await warehouse.query(merge, {});
    },
  });
  await deriveSessions({ warehouse: merging, clock: fixedClock(NOW + HOUR_MS) });
  expect(await standing()).toEqual(['a:1', 'b:1']);
});

it('does all of it again after a run that ended between taking back and writing', async () => {
  await play('a', NOW - 60_000);
  await play('b', T);
  await derive();
  const failing = withBefore({
    stream: async (name) => {
      if (name === 'sessions') throw new Error('away');
    },
  });
  await expect(deriveSessions({ warehouse: failing, clock: fixedClock(NOW + HOUR_MS) })).rejects.toThrow('away');
  expect(await standing()).toEqual(['b:1']);
  expect(await derive(NOW + HOUR_MS)).toMatchObject({ sessions: 2 });
  expect(await standing()).toEqual(['a:1', 'b:1']);
  expect(await derive(NOW + HOUR_MS)).toMatchObject({ sessions: 0 });
});

it('is through only to where the warehouse has all, though one table may have more', async () => {
  await play('a', T);
  sequence = 2;
  await play('a', T + HOUR_MS);
  expect(await deriveSessions({ warehouse, clock: fixedClock(NOW), carried: () => 1 })).toMatchObject({ through: 1 });
  sequence = 1;
  await play('b', T);
  await derive();
  expect(await standing()).toEqual(['a:1', 'a:1', 'b:1']);
});

it('takes its turn for the beginning and for each part', async () => {
  await play('a', T);
  let turns = 0;
  const exclusive = async <Result>(part: () => Promise<Result>): Promise<Result> => {
    turns++;
    return part();
  };
  await deriveSessions({ warehouse, clock: fixedClock(NOW), exclusive });
  expect(turns).toBe(2);
});

it('holds nothing of a user who was erased', async () => {
  await play('a', T);
  await play('b', T);
  await derive();
  await warehouse.eraseUser('a' as Parameters<Warehouse['eraseUser']>[0]);
  expect(await standing()).toEqual(['b:1']);
  await warehouse.clear('b');
  expect(await standing()).toEqual([]);
});
