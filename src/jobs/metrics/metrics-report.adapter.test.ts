/** Metamorphic tests of metrics: what must not change a figure does not, and what must, does. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, fixedClock, type ListenerEvent, toRow } from '#domain';
import { createRng, shuffle } from '#math';
import { createWorld } from '#simulation';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { deriveSessions } from '../sessions/derive-sessions.ts';
import { defineTestQuery } from '../sessions/test-query.contract.ts';
import { metricsReport } from './metrics-report.ts';

const UNTIL = Date.parse('2026-06-29T00:00:00Z');
const DAYS = 42;
const NOTHING_JUDGED = { definitions: [], now: UNTIL, intents: null };
const METRICS = [
  'minutes_per_user[7d]',
  'skip_rate',
  'listen_rate',
  'plays_per_session',
  'actions_per_session',
  'sessions_per_user[7d]',
  'return_rate[7d]',
  'active_days_per_user[28d]',
];
/** Of all together: small cells fill too few groups for the jackknife, and which they fill hangs on the ids. */
const OVERALL = ['absence_hours[median]', 'absence_hours[p80]'];

const folder = mkdtempSync(join(tmpdir(), 'metamorphic-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const world = createWorld({ seed: 'metamorphic', listeners: 60, tracks: 300, days: DAYS, until: UNTIL, prefix: 'w' });
const events = [...world.batches()].flat().filter(({ kind }) => kind === 'play' || kind === 'action');

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The report on these events alone, of the four weeks before the last, moved by so much. */
const reportOn = async (some: readonly ListenerEvent[], moved = 0) => {
  await warehouse.clear();
  await take(some, 0);
  return tell(moved);
};

/** Sequences from `after` on. */
const take = async (some: readonly ListenerEvent[], after: number): Promise<void> => {
  for (const kind of ['play', 'action'] as const) {
    const rows = some
      .filter((event) => event.kind === kind)
      .map((event, n) => withSequence(toRow(event), after + n + 1));
    await warehouse.insert(kind, rows);
  }
  await deriveSessions({ warehouse, clock: fixedClock(UNTIL + 30 * DAY_MS) });
};

const tell = async (moved = 0) => {
  const [from, to] = [UNTIL - 35 * DAY_MS + moved, UNTIL - 7 * DAY_MS + moved];
  const period = { from: day(from), to: day(to) };
  const report = await metricsReport(warehouse, { metrics: METRICS, by: ['device'], ...period }, NOTHING_JUDGED);
  const overall = await metricsReport(warehouse, { metrics: OVERALL, by: [], ...period }, NOTHING_JUDGED);
  return { ...report, figures: [...report.figures, ...overall.figures] };
};

type Report = Awaited<ReturnType<typeof reportOn>>;
/** Figures by metric and cell: values alone, or with their intervals. */
const valuesOf = ({ figures }: Report, isWide = false) =>
  Object.fromEntries(
    figures.map(({ metric, cell, byEvents, byUsers }) => [
      `${metric} ${cell.device ?? ''}${cell.intent ?? ''}`,
      [byEvents, byUsers].map((estimate) =>
        estimate.ok ? (isWide ? [estimate.value, estimate.interval] : estimate.value) : estimate.reason,
      ),
    ]),
  );

/** Equal but for the order of additions in floating point. */
const expectSame = (found: object, expected: object): void => {
  const close = (value: unknown): unknown => {
    if (typeof value === 'number') return Number.isFinite(value) ? expect.closeTo(value, 9) : value;
    if (Array.isArray(value)) return value.map(close);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, close(one)]));
    }
    return value;
  };
  expect(found).toEqual(close(expected));
};

describe('metrics', () => {
  let plain: Report;
  beforeAll(async () => {
    plain = await reportOn(events);
  });

  it('are told for every metric and device of the world', () => {
    const cells = new Set(plain.figures.map(({ cell }) => cell.device));
    expect(cells.size).toBeGreaterThan(3);
    expect(plain.figures.length).toBeGreaterThan(METRICS.length * 3);
    expect(plain.figures.filter(({ byUsers }) => byUsers.ok).length).toBeGreaterThan(20);
  });

  it('do not change when every user is there twice', async () => {
    const twins = events.map((event) => ({ ...event, userId: `${event.userId}-twin` as typeof event.userId }));
    expectSame(valuesOf(await reportOn([...events, ...twins])), valuesOf(plain));
  });

  it('do not change when users go by other ids, but for the groups of the jackknife', async () => {
    const ids = [...new Set(events.map(({ userId }) => userId))];
    const others = shuffle([...ids], createRng('ids'));
    const renamed = new Map(ids.map((id, n) => [id, others[n] as typeof id]));
    const moved = await reportOn(
      events.map((event) => ({ ...event, userId: renamed.get(event.userId) ?? event.userId })),
    );
    expectSame(valuesOf(moved), valuesOf(plain));
  });

  it('do not change when all time is moved by seven days', async () => {
    const later = events.map((event) => ({
      ...event,
      at: event.at + 7 * DAY_MS,
      receivedAt: event.receivedAt + 7 * DAY_MS,
    }));
    expectSame(valuesOf(await reportOn(later, 7 * DAY_MS), true), valuesOf(plain, true));
  });

  it('do not change with the time zone of users; only the part of the day does', async () => {
    const dayparts = defineTestQuery<{ daypart: string; sessions: number }>(
      'SELECT daypart, count() AS sessions FROM session FINAL GROUP BY daypart ORDER BY daypart',
    );
    const utc = events.map((event) => ({ ...event, timeZone: 'UTC', utcOffsetMin: 0 }));
    const east = events.map((event) => ({ ...event, timeZone: 'Asia/Tokyo', utcOffsetMin: 540 }));
    const atHome = await reportOn(utc);
    const partsAtHome = await warehouse.query(dayparts, {});
    const abroad = await reportOn(east);
    expectSame(valuesOf(abroad, true), valuesOf(atHome, true));
    expect(await warehouse.query(dayparts, {})).not.toEqual(partsAtHome);
  });

  it('count no day whose session was taken back, also while that waits for a merge', async () => {
    const [one] = events.filter(({ kind }) => kind === 'play');
    const midnight = UNTIL - 20 * DAY_MS;
    const play = (user: string, at: number) =>
      ({ ...one!, userId: user, eventId: `${user}${at}`, at, receivedAt: at, msPlayed: 60_000 }) as ListenerEvent;
    // Ada's session after midnight begins before it, as a late event shows; Bea has one day, Cay two.
    const known = [play('ada', midnight + 600_000), play('bea', midnight), play('cay', midnight)];
    await reportOn([...known, play('cay', midnight + 2 * DAY_MS)]);
    await take([play('ada', midnight - 300_000)], 100);
    const { figures } = await tell();
    const days = figures.find(({ metric }) => metric === 'active_days_per_user[28d]');
    expect(days?.byUsers).toMatchObject({ ok: true, value: expect.closeTo(4 / 3, 12), n: 3 });
  });

  it('change when behaviour does: skipping everything makes the skip rate 1', async () => {
    const skipped = events.map((event) => (event.kind === 'play' ? { ...event, skipped: true } : event));
    const { figures } = await reportOn(skipped);
    const rates = figures.filter(({ metric }) => metric === 'skip_rate');
    for (const { byEvents } of rates) expect(byEvents).toMatchObject({ ok: true, value: 1 });
    // The same for every user, yet not certain: the interval is the exact one.
    for (const { byEvents } of rates) expect(byEvents.ok && byEvents.interval.lower).toBeLessThan(1);
  });

  it('of nothing are reasons, not numbers', async () => {
    const { figures, period } = await reportOn([]);
    expect({ figures, period }).toEqual({ figures: [], period: null });
  });

  it.each([
    [{ from: '2026-06-01', to: '2026-06-01' }, 'expected a day before'],
    [{ from: '2026-02-30' }, 'expected a day as YYYY-MM-DD'],
  ])('refuse the period %j', async (period, message) => {
    const asked = { metrics: ['skip_rate'], by: [], ...period };
    await expect(metricsReport(warehouse, asked, NOTHING_JUDGED)).rejects.toThrow(message);
  });
});
