/** From answers in the warehouse to the intents of sessions: learned, stored, and the same in bulk and unit by unit. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ArtifactStore, openFileArtifacts } from '#artifacts';
import { DAY_MS, fixedClock, HOUR_MS, MINUTE_MS, parseEvent, toRow } from '#domain';
import { keptIntents } from '#units';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { deriveSessions } from '../sessions/derive-sessions.ts';
import { defineTestQuery } from '../sessions/test-query.contract.ts';
import { assembleUnits } from '../success/assemble-units.ts';
import { latestModels, train } from './train.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const START = Date.parse('2026-05-11T00:00:00Z');
const LISTENERS = 24;
const clock = fixedClock(NOW);
let folder: string;
let warehouse: Warehouse;
let artifacts: ArtifactStore;
let sequence = 0;
const rows = new Map<string, string[]>();

const put = (type: string, user_id: string, at: number, fields: Record<string, unknown>): void => {
  const parsed = parseEvent({ type, event_id: `e${++sequence}`, user_id, at, ...fields }, NOW + DAY_MS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  rows.set(type, [...(rows.get(type) ?? []), withSequence(toRow(parsed.event), sequence)]);
};

/** Three plays of an evening or a morning, and, of some, the answer when it has ended. */
const session = (user: string, at: number, source: string, answer: Record<string, unknown> | null): void => {
  for (let n = 0; n < 3; n++) {
    const item_id = `track:${source}${n}`;
    put('play', user, at + n * 4 * MINUTE_MS, { item_id, ms_played: 4 * MINUTE_MS, source, device: 'speaker' });
  }
  if (answer !== null) put('survey', user, at + 15 * MINUTE_MS, answer);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ritornello-intents-'));
  warehouse = await openChdbWarehouse({ path: join(folder, 'warehouse') });
  artifacts = await openFileArtifacts({ path: join(folder, 'artifacts') });
  await warehouse.clear();
  put('editor', 'ed', START, {
    pool_id: 'legs',
    change: 'put',
    title: 'Legs',
    purpose: 'To run and lift to',
    items: ['track:editorial0', 'track:editorial1', 'track:editorial2'],
  });
  for (let n = 0; n < LISTENERS; n++) {
    const user = `u${n}`;
    for (let day = 0; day < 4; day++) {
      const at = START + day * DAY_MS;
      // What the rules do not know: here people fall asleep to their library, and sort mail to the radio.
      session(user, at + 22 * HOUR_MS, 'user_collection', { intents: ['sleep'], probability_shown: 0.1 });
      session(user, at + 10 * HOUR_MS, 'radio', { intents: ['focus'], probability_shown: 0.2 });
      session(user, at + 18 * HOUR_MS, 'editorial', null);
    }
    put('survey', user, START + 5 * DAY_MS, { intents: ['party'], probability_shown: 0.1 });
  }
  put('survey', 'u0', START + 22 * HOUR_MS + 20 * MINUTE_MS, { intents: ['sleep'] });
  put('survey', 'u0', START + 22 * HOUR_MS + 20 * MINUTE_MS, { satisfaction: 4 });
  for (const [kind, lines] of rows) await warehouse.insert(kind as 'play', lines);
});
afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

const tableOf = async () => {
  const found = await warehouse.query(
    defineTestQuery<{ user_id: string; started: number; intent: string; intents: Record<string, number> }>(
      'SELECT user_id, toUnixTimestamp64Milli(at) AS started, intent, intents FROM session FINAL ORDER BY user_id, at',
    ),
    {},
  );
  return found.map(({ user_id, started, intent, intents }) => [
    user_id,
    started,
    intent,
    Object.fromEntries(Object.entries(intents).map(([name, share]) => [name, Number(share.toFixed(4))])),
  ]);
};

it('learns from answers in the warehouse, and counts sessions by what it learned', { timeout: 60_000 }, async () => {
  await deriveSessions({ warehouse, clock });
  const byRules = await tableOf();
  expect(byRules.filter(([, , intent]) => intent === 'sleep')).toHaveLength(0);
  // Plays out of the pool for running are for running, by the rules already.
  expect(byRules.filter(([, , intent]) => intent === 'workout')).toHaveLength(4 * LISTENERS);

  const bundle = await train({ warehouse, artifacts, clock }, { als: { factors: 4, epochs: 1 } });
  expect(bundle?.intents).toMatchObject({
    because: 'learned',
    answers: 8 * LISTENERS,
    listeners: LISTENERS,
    // One of which nobody knows how likely it was, and those days after any session; a rating alone is no answer.
    withoutProbability: 1,
    withoutSession: LISTENERS,
  });
  const intents = bundle?.intents.model ?? null;
  expect((await latestModels(artifacts))?.intents).toEqual(bundle?.intents);

  expect(await deriveSessions({ warehouse, clock }, { intents })).toMatchObject({ sessions: 12 * LISTENERS });
  const learned = await tableOf();
  expect(learned.filter(([, , intent]) => intent === 'sleep')).toHaveLength(4 * LISTENERS);
  expect(learned.filter(([, , intent]) => intent === 'focus')).toHaveLength(4 * LISTENERS);
  // The same model again leaves them as they stand; without it they are the rules' again.
  expect(await deriveSessions({ warehouse, clock }, { intents })).toMatchObject({ sessions: 0 });

  const units = await assembleUnits(warehouse, {
    kind: 'session',
    from: START,
    to: NOW,
    horizonMs: HOUR_MS,
    past: false,
    listeners: 100,
    userIds: undefined,
    now: NOW,
    intents,
  });
  const assembled = units.map(({ user_id, start, unit }) => [
    user_id,
    start,
    unit.intent,
    keptIntents(unit.intents as Parameters<typeof keptIntents>[0]),
  ]);
  expect(assembled.sort(byUserAndTime)).toEqual([...learned].sort(byUserAndTime));
});

const byUserAndTime = (a: readonly unknown[], b: readonly unknown[]): number =>
  a[0] === b[0] ? Number(a[1]) - Number(b[1]) : String(a[0]) < String(b[0]) ? -1 : 1;
