/** Success as a metric, from the events of a few listeners, against the same figures reckoned from the reader's outcomes. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, fixedClock, HOUR_MS, MINUTE_MS, parseEvent, parseItem, toItemRow, toRow } from '#domain';
import { checkDefinition, newest, standardDefinitions, type UnitOutcome } from '#success';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { deriveSessions } from '../sessions/derive-sessions.ts';
import { assembleUnits, neededBy } from '../success/assemble-units.ts';
import { findDefinition } from '../success/definition-files.ts';
import { runBySql, runByStream } from '../success/run-definition.ts';
import { metricsReport } from './metrics-report.ts';

/** Monday, eleven at night. */
const NIGHT = Date.parse('2026-05-04T23:00:00Z');
const NOW = NIGHT + 20 * DAY_MS;
const definitions = newest(standardDefinitions());
const folder = mkdtempSync(join(tmpdir(), 'outcomes-'));
let warehouse: Warehouse;
let sequence = 0;

const put = async (wire: Record<string, unknown>): Promise<void> => {
  const parsed = parseEvent({ event_id: `e${++sequence}`, device: 'mobile', ...wire }, NOW + DAY_MS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  await warehouse.insert(parsed.event.kind, [withSequence(toRow(parsed.event), sequence)]);
};

/** Tracks whose tag says what a playlist of them is for. */
const putItems = async (purpose: string): Promise<void> => {
  const rows = Array.from({ length: 40 }, (_, n) => {
    const parsed = parseItem({ item_id: `track:${purpose}${n}`, title: `${n}`, tags: [purpose] }, NIGHT);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    return withSequence(toItemRow(parsed.item), ++sequence);
  });
  await warehouse.insert('item', rows);
};

const timer = (user_id: string, at: number) => put({ type: 'action', user_id, at, action: 'sleep_timer_set' });
const plays = async (
  user_id: string,
  at: number,
  times: number,
  { purpose = 'sleep', ...fields }: Record<string, unknown>,
): Promise<void> => {
  const every = fields['skipped'] === true ? 30_000 : 4 * MINUTE_MS;
  for (let n = 0; n < times; n++) {
    await put({
      type: 'play',
      user_id,
      at: at + 1000 + n * every,
      item_id: `track:${purpose}${n}`,
      ms_played: every - 1000,
      source: 'editorial',
      skipped: false,
      ...fields,
      ...(n === times - 1 && { reason_end: fields['reason_end'] ?? 'endplay' }),
    });
  }
};
const asleep = async (user_id: string, at: number, fields: Record<string, unknown> = {}): Promise<void> => {
  await timer(user_id, at);
  await plays(user_id, at, 6, fields);
};
/** Forty skips and two tracks kept. */
const fortySkips = async (user_id: string, at: number, purpose = 'sleep'): Promise<void> => {
  if (purpose === 'sleep') await timer(user_id, at);
  await plays(user_id, at, 40, { skipped: true, purpose });
  for (const after of [3, 12]) {
    const kept = {
      type: 'action',
      user_id,
      at: at + after * MINUTE_MS,
      action: 'add_to_playlist',
      item_id: `track:${purpose}3`,
    };
    await put(kept);
  }
};

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  await putItems('sleep');
  await putItems('party');
  // Ada: three nights asleep and one of forty skips. Bea: one of each. Cay: asleep, once on a speaker that lost its network.
  for (const night of [0, 1, 2]) await asleep('ada', NIGHT + night * DAY_MS);
  await fortySkips('ada', NIGHT + 3 * DAY_MS);
  await asleep('bea', NIGHT);
  await fortySkips('bea', NIGHT + DAY_MS);
  await asleep('cay', NIGHT, { device: 'speaker' });
  await asleep('cay', NIGHT + DAY_MS, { device: 'speaker', reason_end: 'trackerror' });
  // Dan: so late that his night is not over.
  await asleep('dan', NOW - 2 * HOUR_MS);
  // Eve looks tracks up. Fay and Gil skip through a party playlist as Ada and Bea skipped through one for sleep.
  await plays('eve', NIGHT - 12 * HOUR_MS, 6, { source: 'search', purpose: 'other' });
  for (const user of ['fay', 'gil']) await fortySkips(user, NIGHT + 4 * DAY_MS, 'party');
  await deriveSessions({ warehouse, clock: fixedClock(NOW) });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const period = { from: '2026-05-01', to: '2026-06-01' };
const report = async (metric: string, rest: Partial<Parameters<typeof metricsReport>[1]> = {}) => {
  const request = { metrics: [metric], by: [], ...period, ...rest };
  const { figures } = await metricsReport(warehouse, request, { definitions, now: NOW, intents: null });
  return figures;
};

/** Every unit of a definition's kind, by the reader of `success run --from --to --engine sql`. */
const outcomesOf = async (name: string) => {
  const definition = findDefinition(name, definitions);
  const [from, to] = [Date.parse(`${period.from}T00:00:00Z`), Date.parse(`${period.to}T00:00:00Z`)];
  const options = { ...neededBy([definition]), from, to, listeners: 100, userIds: undefined, now: NOW, intents: null };
  const units = await assembleUnits(warehouse, options);
  const outcomes = await runBySql(definition, units, warehouse, `by-hand-${name}`);
  expect(runByStream(definition, units)).toEqual(outcomes);
  return units.map((unit, place) => ({ unit, ...(outcomes[place] as UnitOutcome) }));
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('success as a metric', () => {
  it('counts achieved of achieved and failed, and the unknown and the young beside', async () => {
    // Ada 3 of 4, Bea 1 of 2, Cay 1 of 1 and one unknown, Dan too young.
    const [rate, ...others] = await report('success_rate[sleep_playlist]');
    expect(others).toEqual([]);
    expect(rate).toMatchObject({ users: 3, events: 7, leftOut: 1, unknown: 1, polarity: 'up' });
    expect(rate!.byEvents).toMatchObject({ ok: true, value: expect.closeTo(5 / 7, 12), n: 3 });
    expect(rate!.byUsers).toMatchObject({ ok: true, value: expect.closeTo((3 / 4 + 1 / 2 + 1) / 3, 12), n: 3 });
  });

  it('is clustered by user: the interval is that of the delta method over three listeners', async () => {
    const [rate] = await report('success_rate[sleep_playlist]', { level: 0.8 });
    const [x, y] = [
      [4, 2, 1],
      [3, 1, 1],
    ] as const;
    const ratio = 5 / 7;
    const residuals = x.map((each, n) => y[n]! - ratio * each);
    const variance = residuals.reduce((sum, each) => sum + each ** 2, 0) / 2;
    // t of 90 % on 2 degrees of freedom.
    const half = 1.885618083164127 * Math.sqrt(variance / (3 * mean(x) ** 2));
    const { byEvents } = rate!;
    expect(byEvents.ok && byEvents.interval).toEqual({
      lower: expect.closeTo(ratio - half, 9),
      upper: expect.closeTo(Math.min(1, ratio + half), 9),
    });
  });

  it.each(['sleep_playlist', 'party_playlist'])('of all units of %s equals what the reader gives', async (name) => {
    const judged = (await outcomesOf(name)).filter(({ mature }) => mature);
    const known = judged.filter(({ label }) => label !== 'unknown');
    const valued = judged.filter(({ value }) => value !== null);
    const users = [...new Set(valued.map(({ user_id }) => user_id))];
    const [rate] = await report(`success_rate[${name}]`, { judge: 'all' });
    const achieved = known.filter(({ label }) => label === 'achieved').length;
    expect(achieved).toBeGreaterThan(0);
    expect(rate).toMatchObject({ events: known.length, unknown: judged.length - known.length });
    expect(rate!.byEvents).toMatchObject({ ok: true, value: expect.closeTo(achieved / known.length, 12) });
    const [value] = await report(`success_value[${name}]`, { judge: 'all' });
    const ofUsers = users.map((user) =>
      mean(valued.filter(({ user_id }) => user_id === user).map(({ value: one }) => one!)),
    );
    expect(value).toMatchObject({ events: valued.length, users: users.length });
    expect(value!.byEvents).toMatchObject({
      ok: true,
      value: expect.closeTo(mean(valued.map((one) => one.value!)), 9),
    });
    expect(value!.byUsers).toMatchObject({ ok: true, value: expect.closeTo(mean(ofUsers), 9) });
  });

  it('judges by the version that is named, and by the newest where none is', async () => {
    const stricter = checkDefinition(
      findDefinition('sleep_playlist', definitions)
        .source.replace('version: 1', 'version: 2')
        .replace('listened_ms >= minutes(15)', 'listened_ms >= hours(30)')
        .replace(/\nexamples:[\s\S]*$/, '\n'),
    ).definition;
    if (stricter === undefined) throw new Error('a definition that does not check');
    const metrics = ['', '@1', '@2'].map((version) => `success_rate[sleep_playlist${version}]`);
    const judging = { definitions: [...definitions, stricter], now: NOW, intents: null };
    const { figures } = await metricsReport(warehouse, { ...period, metrics, by: [] }, judging);
    expect(figures.map(({ metric }) => metric)).toEqual(metrics);
    const [newest, first, second] = figures.map(({ byEvents }) => (byEvents.ok ? byEvents.value : null));
    expect(first).toBeGreaterThan(0);
    expect(second).not.toBe(first);
    expect(newest).toBe(second);
    const missing = { ...period, metrics: ['success_rate[sleep_playlist@7]'], by: [] };
    await expect(metricsReport(warehouse, missing, judging)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('judges the same forty skips by where they were: for sleep a failure, at a party a success', async () => {
    const metrics = ['success_rate[sleep_playlist]', 'success_rate[party_playlist]'];
    const nights = { ...period, metrics, by: ['intent'] as const };
    const { figures } = await metricsReport(warehouse, nights, { definitions, now: NOW, intents: null });
    expect(figures.map(({ cell, events }) => [cell.intent, events])).toEqual([
      ['sleep', 7],
      ['party', 2],
    ]);
    // Both of two listeners, and far from certain: the exact interval of 2 of 2.
    expect(figures[1]!.byEvents).toMatchObject({ ok: true, value: 1, interval: { upper: 1 }, n: 2 });
    expect(figures[1]!.byEvents.ok && figures[1]!.byEvents.interval.lower).toBeLessThan(0.2);
  });

  it('reads one night of forty skips as a failure of sleep and a success of a party', async () => {
    const nights = { from: '2026-05-07', to: '2026-05-08', judge: 'all' as const };
    const [sleep] = await report('success_rate[sleep_playlist]', nights);
    const [party] = await report('success_rate[party_playlist]', nights);
    // Ada alone: a share of one listener has no interval, but what it is made of is told.
    expect(sleep).toMatchObject({ users: 1, events: 1, byEvents: { ok: false, reason: 'one_unit' } });
    expect(party).toMatchObject({ users: 1, events: 1 });
    const labels = async (name: string) =>
      (await outcomesOf(name)).filter(({ unit }) => unit.plays.length === 40).map(({ label }) => label);
    expect(await labels('sleep_playlist')).toEqual(Array(4).fill('failed'));
    expect(await labels('party_playlist')).toEqual(Array(4).fill('achieved'));
  });

  it('stands in its cells, each definition where it holds', async () => {
    const figures = await report('success_rate[sleep_playlist]', { by: ['intent', 'device', 'surface'] });
    expect(
      figures.map(({ cell, events, unknown }) => [cell.intent, cell.device, cell.surface, events, unknown]),
    ).toEqual([
      ['sleep', 'mobile', 'playlist', 6, 0],
      ['sleep', 'speaker', 'playlist', 1, 1],
    ]);
  });

  it('of nothing is a reason, as are nights that are all too young or unknown', async () => {
    const reasonOf = async (metric: string, rest: Parameters<typeof report>[1] = {}) => {
      const [figure] = await report(metric, rest);
      return figure!.byEvents.ok ? figure!.byEvents.value : figure!.byEvents.reason;
    };
    expect(await reasonOf('success_value[workout]')).toBe('no_fitting_units');
    expect(await reasonOf('success_rate[voice_request]')).toBe('no_fitting_units');
    const young = { from: '2026-05-24', to: '2026-05-26' };
    expect(await reasonOf('success_rate[sleep_playlist]', young)).toBe('all_immature');
    await expect(report('success_rate[no_such_thing]')).rejects.toThrow(/no definition "no_such_thing"/);
  });
});
