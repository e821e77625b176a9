/** Two rankers on two devices, from slates, impressions and plays in the warehouse to the report. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixedClock, type ListenerEvent, MINUTE_MS, parseEvent, toRow } from '#domain';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { deriveSessions } from '../sessions/derive-sessions.ts';
import { metricsReport } from './metrics-report.ts';

const T = Date.parse('2026-05-04T10:00:00Z');
const USERS = 60;
const folder = mkdtempSync(join(tmpdir(), 'click-through-'));
let warehouse: Warehouse;
let sequence = 0;
const rows = new Map<string, string[]>();

const put = (fields: Record<string, unknown>): void => {
  const parsed = parseEvent({ event_id: `e${++sequence}`, ...fields }, T + 1e9);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  const event: ListenerEvent = parsed.event;
  const line = withSequence(toRow(event), sequence);
  rows.set(event.kind, [...(rows.get(event.kind) ?? []), line]);
};

/** Cards of one column, `seen` of which come into view; of those every `n`-th is played where the user is the right one. */
const page = (user: number, device: string, cards: number, seen: number, plays: readonly number[]): void => {
  const user_id = `${device}-${user}`;
  const slate_id = `s-${user_id}`;
  const at = T + user * MINUTE_MS;
  const items = Array.from({ length: cards }, (_, row) => `track:${device}${row}`);
  put({
    type: 'slate',
    user_id,
    at,
    device,
    slate_id,
    surface: 'home',
    context: { daypart: 'morning', local_hour: 10, local_weekday: 1, intents: {} },
    policy: 'p',
    model: 'm',
    seed: 's',
    exploration: 0,
    log_propensity: 0,
    fallback: null,
    shelves: [],
    cards: items.map((item_id, row) => ({
      shelf: 'one',
      row,
      slot: 0,
      item_id,
      score: 1,
      propensity: 1,
      explored: false,
      source: 'popular',
      stage: 'x',
      claim: null,
    })),
    candidates: [],
    filtered: {},
  });
  for (const item_id of items.slice(0, seen)) {
    put({
      type: 'impression',
      user_id,
      at: at + 1000,
      slate_id,
      item_id,
      visible_ms: 1500,
      max_visible_fraction: 1,
      device,
    });
  }
  for (const row of plays) {
    put({ type: 'play', user_id, at: at + 5000, slate_id, item_id: items[row], ms_played: 60_000, device });
  }
};

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  for (let user = 0; user < USERS; user++) {
    // Desktop: 10 cards, 2 are looked at; a half of the users play one of them: 30 of 120 looked at, of 600 delivered.
    page(user, 'desktop', 10, 2, user % 2 === 0 ? [user % 4 === 0 ? 0 : 1] : []);
    // Mobile: all 10 are looked at; a half of the users play two: 60 of 600, places in turn.
    page(user, 'mobile', 10, 10, user % 2 === 0 ? [user % 10, (user + 1) % 10] : []);
  }
  for (const [kind, lines] of rows) await warehouse.insert(kind as 'play', lines);
  await deriveSessions({ warehouse, clock: fixedClock(T + 1e9) });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const report = async (form: string) => {
  const asked = { metrics: [`click_through[${form}]`], by: ['device'] as const, from: '2026-05-04', to: '2026-05-05' };
  const { figures } = await metricsReport(warehouse, asked, { definitions: [], now: T + 1e9, intents: null });
  return Object.fromEntries(
    figures.map(({ cell, byEvents, events }) => [
      cell.device,
      byEvents.ok ? [byEvents.value, events] : byEvents.reason,
    ]),
  );
};

it('counts clicks of cards delivered, and prefers the phone', async () => {
  // 30 / 600 and 60 / 600.
  expect(await report('naive')).toEqual({ desktop: [0.05, 600], mobile: [0.1, 600] });
});

it('counts clicks of cards looked at', async () => {
  // 30 / 120 and 60 / 600.
  expect(await report('examined')).toEqual({ desktop: [0.25, 120], mobile: [0.1, 600] });
});

it('compares both under one law, and prefers the desktop', async () => {
  // Law: rows 0 and 1 are looked at in all pages of both, the others in half of them. Desktop: 15/60 on rows 0 and 1, the
  // only ones seen there. Mobile: 6/60 on each row.
  expect(await report('common')).toEqual({ desktop: [0.25, 120], mobile: [expect.closeTo(0.1, 12), 600] });
});
