/** Absence and click-through as outcomes of experiments, against figures reckoned by hand. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DAY_MS,
  type ExperimentDocument,
  experimentSchema,
  fixedClock,
  HOUR_MS,
  MINUTE_MS,
  parseEvent,
  toRow,
  toTimestamp,
} from '#domain';
import { newest, standardDefinitions } from '#success';
import { openChdbWarehouse, queries, type Warehouse, withSequence } from '#warehouse';
import { deriveSessions } from '../sessions/derive-sessions.ts';
import { analyzeRunning } from './analyze-running.ts';
import { planPower } from './plan-power.ts';

const START = Date.parse('2026-05-04T12:00:00Z');
const NOW = START + 5 * DAY_MS;
const judges = { definitions: newest(standardDefinitions()), intents: null };
const folder = mkdtempSync(join(tmpdir(), 'experiment-absence-'));
let warehouse: Warehouse;
let sequence = 0;

const put = async (wire: Record<string, unknown>): Promise<void> => {
  const parsed = parseEvent({ event_id: `e${++sequence}`, device: 'mobile', ...wire }, NOW + DAY_MS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  await warehouse.insert(parsed.event.kind, [withSequence(toRow(parsed.event), sequence)]);
};
const expose = (experiment: string, user_id: string, arm: string) =>
  put({ type: 'assignment', user_id, at: START, experiment, arm, exposed: true, unit: user_id });
/** A session of ten minutes. */
const listen = (user_id: string, at: number) =>
  put({ type: 'play', user_id, at, item_id: 'track:1', ms_played: 10 * MINUTE_MS });
/** A page of five cards, the first so many of which are looked at, and those at these places played. */
const page = async (user_id: string, at: number, seen: number, plays: readonly number[]): Promise<void> => {
  const slate_id = `${user_id}-${at}`;
  const items = Array.from({ length: 5 }, (_, row) => `track:${user_id}${row}`);
  const card = {
    shelf: 'one',
    slot: 0,
    score: 1,
    propensity: 1,
    explored: false,
    source: 'popular',
    stage: 'x',
    claim: null,
  };
  await put({
    type: 'slate',
    user_id,
    at,
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
    cards: items.map((item_id, row) => ({ ...card, item_id, row })),
    candidates: [],
    filtered: {},
  });
  for (const item_id of items.slice(0, seen)) {
    await put({
      type: 'impression',
      user_id,
      at: at + 1000,
      slate_id,
      item_id,
      visible_ms: 1500,
      max_visible_fraction: 1,
    });
  }
  for (const row of plays)
    await put({ type: 'play', user_id, at: at + 5000, slate_id, item_id: items[row], ms_played: 1000 });
};

const document = (name: string, metrics: readonly string[], more: object = {}): ExperimentDocument =>
  experimentSchema.parse({
    name,
    hypothesis: 'x',
    arms: [{ name: 'old' }, { name: 'new' }],
    success: metrics.map((metric) => ({ metric })),
    window_days: 2,
    horizon_days: 5,
    planned_units: 10,
    ...more,
  });
const run = (of: ExperimentDocument) => analyzeRunning(warehouse, of, { ...judges, since: START - DAY_MS, until: NOW });
const figures = async (of: ExperimentDocument) => {
  const { report } = await run(of);
  return report!.metrics.map(({ name, plan, arms }) => [
    name,
    plan.better,
    ...arms.map(({ estimate }) => (estimate.ok ? Number(estimate.value.toFixed(4)) : estimate.reason)),
  ]);
};
const refusal = (of: ExperimentDocument) => run(of).then(String, ({ message }: Error) => message);

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  // Before the experiments people begin at eight in the evening: an hour then counts 4 · 24 / 27, any other 24 / 27.
  for (let day = 3; day <= 5; day++) await listen('mia', Date.parse('2026-05-04T20:00:00Z') - day * DAY_MS);
  for (const [user, arm] of Object.entries({ ivy: 'old', jan: 'old', kim: 'new', lou: 'new' })) {
    await expose('away', user, arm);
    await expose('clicks', user, arm);
  }
  // Absences in the window of two days: 10, 20 and 30 hours, and two that go on; then 5, 8 and 12, and two that go on.
  for (const minutes of [60, 670, 1880]) await listen('ivy', START + minutes * MINUTE_MS);
  for (const minutes of [60, 1870]) await listen('jan', START + minutes * MINUTE_MS);
  for (const minutes of [60, 370, 860]) await listen('kim', START + minutes * MINUTE_MS);
  for (const minutes of [60, 790]) await listen('lou', START + minutes * MINUTE_MS);
  // Pages: one before the exposure, one too late; the exposure's own page counts.
  await page('nan', START - HOUR_MS, 5, [0, 1, 2, 3, 4]);
  for (const user of ['nan', 'oda', 'pia', 'quy']) await expose('pages', user, user < 'p' ? 'old' : 'new');
  await page('nan', START, 2, [0]);
  await page('oda', START + DAY_MS, 3, []);
  await page('pia', START, 5, [0, 1]);
  await page('pia', START + HOUR_MS, 0, [4]);
  await page('quy', START + HOUR_MS, 5, [3]);
  await page('quy', START + 3 * DAY_MS, 5, [0, 1, 2, 3, 4]);
  await deriveSessions({ warehouse, clock: fixedClock(NOW) });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('absence as the outcome of an experiment', () => {
  it('is the quantile of the absences of each arm by Kaplan–Meier, those that go on censored', async () => {
    // Of five absences the third is where the curve falls from 0.6 to 0.4: past the median. None of nine in ten comes back.
    expect(
      await figures(document('away', ['absence_hours[median]', 'absence_hours[p20]', 'absence_hours[p90]'])),
    ).toEqual([
      ['absence_hours[median]', 'down', 30, 12],
      ['absence_hours[p20]', 'down', 10, 5],
      ['absence_hours[p90]', 'down', 'not_reached', 'not_reached'],
    ]);
  });

  it('runs by the active clock as people were about before the experiment', async () => {
    // From 13:10 to 19:10 on the next day: 29 hours of 24/27 and the one of eight in the evening of 96/27; twelve: 11 and one.
    expect(await figures(document('away', ['active_absence_hours[median]']))).toEqual([
      [
        'active_absence_hours[median]',
        'down',
        Number(((29 * 24 + 96) / 27).toFixed(4)),
        Number(((11 * 24 + 96) / 27).toFixed(4)),
      ],
    ]);
  });

  it('has the same active hours in reports, where the engine counts them', async () => {
    const asked = {
      from: '2026-04-28',
      to: '2026-05-09',
      until: toTimestamp(NOW),
      by_surface: false,
      by_intent: false,
    };
    const weights = Array.from({ length: 24 }, (_, hour) => (hour === 20 ? 96 / 27 : 24 / 27));
    const rows = await warehouse.query(queries.metricAbsences, { ...asked, by_device: false, weights });
    // Rounded up to quarters: 4.44, 9.78, 11.56, 13.33, 17.78 and 29.33 of the four, 23.41 of a day of Mia from ten past eight.
    const back = rows.flatMap(({ hours, returned }) => hours.filter((_, n) => returned[n]! > 0));
    expect(back).toEqual(expect.arrayContaining([4.5, 10, 11.75, 13.5, 18, 23.5, 29.5]));
  });

  it('stands look by look, and the words of a verdict know what is missing', async () => {
    const { path, report } = await run(document('away', ['absence_hours[median]', 'absence_hours[p90]']));
    expect(path.map(({ metric, looks }) => [metric, looks.length])).toEqual([
      ['absence_hours[median]', 1],
      ['absence_hours[p90]', 1],
    ]);
    expect(report!.verdicts[0]!.sentence).toContain('absence_hours[p90] is unknown: too few have come back yet');
  });

  it('is planned from the absences of everybody', async () => {
    const plan = await planPower(warehouse, document('away', ['absence_hours[median]', 'skip_rate']), judges, NOW);
    expect(plan.users).toBeGreaterThan(0);
    const told = [...plan.metrics, ...plan.unknown].map(({ metric }) => metric).sort();
    expect(told).toEqual(['absence_hours[median]', 'skip_rate']);
  });

  it('is none of a switchback, and says why', async () => {
    const switched = { unit: 'switchback', period_hours: 24 };
    expect(await refusal(document('away', ['absence_hours'], switched))).toMatch(
      /^success.0.metric: absence_hours\[median\] is no outcome of a switchback: an absence goes on into the next period/,
    );
  });
});

describe('click-through as the outcome of an experiment', () => {
  it('is plays over cards, delivered or looked at, of the pages of the window', async () => {
    expect(await figures(document('pages', ['click_through[naive]', 'click_through[examined]']))).toEqual([
      // Delivered 10 with one play, and 15 with four; looked at 5 with one, and 10 with three: the page nobody looked at has none.
      ['click_through[naive]', 'up', 1 / 10, Number((4 / 15).toFixed(4))],
      ['click_through[examined]', 'up', 1 / 5, 3 / 10],
    ]);
  });

  it('under the common law is none, and says what to take', async () => {
    expect(await refusal(document('pages', ['click_through']))).toMatch(
      /^success.0.metric: click_through\[common\] is read under one law .*take click_through\[examined\]/,
    );
  });
});
