/** Metrics of experiments from the events of a few listeners, against figures reckoned by hand. */

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
} from '#domain';
import { newest, standardDefinitions } from '#success';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { deriveSessions } from '../sessions/derive-sessions.ts';
import { analyzeRunning } from './analyze-running.ts';
import { plannedMetrics } from './unit-measures.ts';

const START = Date.parse('2026-05-04T12:00:00Z');
const NOW = START + 5 * DAY_MS;
const definitions = newest(standardDefinitions());
const folder = mkdtempSync(join(tmpdir(), 'experiment-run-'));
let warehouse: Warehouse;
let sequence = 0;

const put = async (wire: Record<string, unknown>): Promise<void> => {
  const parsed = parseEvent({ event_id: `e${++sequence}`, device: 'mobile', ...wire }, NOW + DAY_MS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  await warehouse.insert(parsed.event.kind, [withSequence(toRow(parsed.event), sequence)]);
};
const expose = (experiment: string, user_id: string, arm: string, at: number, unit = user_id) =>
  put({ type: 'assignment', user_id, at, experiment, arm, exposed: true, unit });
/** A session of plays of ten minutes, so many of them skipped. */
const listen = async (user_id: string, at: number, plays: number, skipped = 0): Promise<void> => {
  for (let n = 0; n < plays; n++) {
    const skip = n < skipped;
    const base = { type: 'play', user_id, at: at + n * 10 * MINUTE_MS, item_id: `track:${n}`, skipped: skip };
    await put({ ...base, ms_played: 10 * MINUTE_MS });
  }
};
const document = (name: string, metrics: readonly string[], more: object = {}): ExperimentDocument =>
  experimentSchema.parse({
    name,
    hypothesis: 'x',
    arms: [{ name: 'old' }, { name: 'new' }],
    success: metrics.map((metric) => ({ metric, better: 'up' })),
    window_days: 2,
    horizon_days: 5,
    planned_units: 10,
    looks: 'fixed',
    ...more,
  });
const run = (of: ExperimentDocument) =>
  analyzeRunning(warehouse, of, { definitions, intents: null, since: START - DAY_MS, until: NOW });
/** Figure of each arm by metric: so few units are not adjusted by what was before. */
const figures = async (of: ExperimentDocument) => {
  const { report } = await run(of);
  return report!.metrics.map(({ name, arms }) => [
    name,
    ...arms.map(({ estimate }) => (estimate.ok ? Number(estimate.value.toFixed(6)) : estimate.reason)),
  ]);
};

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  const users = { ada: 'old', bea: 'old', cay: 'new', dan: 'new' };
  for (const [user, arm] of Object.entries(users)) await expose('days', user, arm, START);
  // Before the exposure: no metric of the window may know of it.
  await listen('ada', START - 3 * HOUR_MS, 6);
  // Ada: 20 and 10 minutes on two days; Bea: 10; Cay: 40, one skip of four; Dan: nothing, and that is a figure too.
  await listen('ada', START + HOUR_MS, 2, 1);
  await listen('ada', START + 30 * HOUR_MS, 1);
  await listen('bea', START + 2 * HOUR_MS, 1);
  await listen('cay', START + 3 * HOUR_MS, 4, 1);
  // Too late for the window of two days.
  await listen('bea', START + 3 * DAY_MS, 5);
  // Exposed a day ago: two days of Eve are not over.
  await expose('days', 'eve', 'new', NOW - DAY_MS);
  await listen('eve', NOW - 20 * HOUR_MS, 9);
  // Fay switches arms in time: each period ends where the next begins.
  for (const [n, arm] of ['old', 'new', 'old', 'new'].entries()) {
    await expose('periods', 'fay', arm, START + n * DAY_MS, `fay@${n}`);
    await listen('fay', START + n * DAY_MS + HOUR_MS, arm === 'new' ? 4 : 1 + n / 2);
  }
  // Ivy and Joe share the draws of their home: Joe hears a play more than Ivy.
  for (const [n, arm] of ['old', 'new', 'old', 'new'].entries()) {
    for (const [more, user] of ['ivy', 'joe'].entries()) {
      await expose('homes', user, arm, START + n * DAY_MS, `home@${n}`);
      await listen(user, START + n * DAY_MS + HOUR_MS, (arm === 'new' ? 4 : 1 + n / 2) + more, more);
    }
  }
  // Gil's sessions are the units: the second begins within two days of the first.
  for (const [n, arm] of ['old', 'new'].entries()) {
    for (const user of ['gil', 'hal']) {
      await expose('sessions', user, arm, START + n * 5 * HOUR_MS, `${user}-${n}`);
      await listen(user, START + n * 5 * HOUR_MS + MINUTE_MS, 2, n + Number(user === 'hal'));
    }
  }
  await deriveSessions({ warehouse, clock: fixedClock(NOW) });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('metrics of an experiment', () => {
  it('are what units did in their window, by the names that metrics have everywhere', async () => {
    const metrics = [
      'minutes_per_user[2d]',
      'active_days_per_user[2d]',
      'sessions_per_user[2d]',
      'skip_rate',
      'return_rate[1d]',
    ];
    // return_rate: of Ada's sessions the second is followed by none, the first by one 29 hours later, which is too late.
    // Bea's only one in the window is followed after three days. Cay's by none, Eve's is not judged: one unit has no variance, and two
    // units of 0 none either.
    expect(await figures(document('days', metrics))).toEqual([
      ['minutes_per_user[2d]', (30 + 10) / 2, 40 / 2],
      ['active_days_per_user[2d]', (2 + 1) / 2, 1 / 2],
      ['sessions_per_user[2d]', (2 + 1) / 2, 1 / 2],
      ['skip_rate', 1 / 4, Number((1 / 13).toFixed(6))],
      ['return_rate[1d]', 'no_variance', 'not_finite'],
    ]);
    const { report } = await run(document('days', ['return_rate[1d]']));
    expect(report!.metrics[0]!.controlValue).toBe(0);
  });

  it('take a unit to end where the next one of its user begins', async () => {
    const [skips] = await figures(document('sessions', ['skip_rate'], { unit: 'session' }));
    expect(skips).toEqual(['skip_rate', 1 / 4, 3 / 4]);
  });

  it('of a switchback are tested by the draws of its own design', async () => {
    const more = { unit: 'switchback', period_hours: 24 };
    const { randomization, advice, users } = await run(document('periods', ['minutes_per_user[1d]'], more));
    expect({ users, advice }).toEqual({ users: 1, advice: null });
    // 10 and 20 minutes against 40 and 40: 25 more. Of the 14 draws with both arms, two are as far out: itself and its mirror.
    const [test] = randomization;
    expect(test).toMatchObject({ arm: 'new', exact: true, periods: 4, draws: 14 });
    expect(test!.effect).toMatchObject({ ok: true, value: 25 });
    expect(test!.pValue).toBeCloseTo(2 / 14, 12);
  });

  it('of a switchback by cluster are one figure a period, whoever listened in it', async () => {
    const more = { unit: 'switchback', period_hours: 24, cluster_by: 'home' };
    const of = document('homes', ['minutes_per_user[1d]', 'skip_rate'], more);
    const { randomization, users, report } = await run(of);
    expect(users).toBe(2);
    // Means of 15 and 25 minutes against 45 and 45; four periods were drawn, not eight.
    expect(randomization[0]).toMatchObject({ exact: true, periods: 4, draws: 14, effect: { ok: true, value: 25 } });
    expect(randomization[0]!.pValue).toBeCloseTo(2 / 14, 12);
    // Skips over plays of both: 1/3 and 1/5 against 1/9 and 1/9.
    const { effect } = randomization[1]!;
    expect(effect.ok && effect.value).toBeCloseTo(1 / 9 - (1 / 3 + 1 / 5) / 2, 12);
    // One stratum, the home: nothing is told apart by it.
    expect(report!.metrics[0]!.changes[0]!.effect).toMatchObject({ value: 25, n: 4 });
  });

  it('are cut as the document declares, and what the cut did is told', async () => {
    const cut = { success: [{ metric: 'minutes_per_user[2d]', winsorize: 0.75 }] };
    // 30, 10, 40, 0: the third quartile is 32.5, and the one value above it counts as that.
    expect(await figures(document('days', [], cut))).toEqual([
      ['minutes_per_user[2d]:winsorized:0.75', (30 + 10) / 2, 32.5 / 2],
    ]);
    const { report } = await run(document('days', [], cut));
    expect(report!.metrics[0]!.cut).toMatchObject({ controlUncut: 20, controlCut: 20 });
    expect(report!.metrics[0]!.cut!.arms).toMatchObject([{ arm: 'new', uncut: { ok: true, value: 0 } }]);
    const trim = document('days', [], { success: [{ metric: 'minutes_per_user[2d]', trim: 0.05 }] });
    expect(plannedMetrics(trim, definitions)[0]!.measure.spec).toMatchObject({ kind: 'trimmed', share: 0.05 });
    // A switchback: 10, 40, 20, 40 cut at their median of 30 are 10, 30, 20, 30.
    const more = {
      unit: 'switchback',
      period_hours: 24,
      success: [{ metric: 'minutes_per_user[1d]', winsorize: 0.501 }],
    };
    const { randomization } = await run(document('periods', [], more));
    expect(randomization[0]!.effect.ok && randomization[0]!.effect.value).toBeCloseTo(15, 0);
  });

  it('are checked as the document chooses, and stand look by look where looking is planned', async () => {
    const more = { looks: 'always_valid', checks: ['several_arms'] };
    const { report, checks, path } = await run(document('days', ['skip_rate'], more));
    expect([checks, report!.checks].map((made) => made.map(({ check }) => check))).toEqual([
      ['several_arms'],
      ['several_arms'],
    ]);
    // Four are exposed at once and Eve later: two looks, the last of them the one that is reported.
    const [skips] = path;
    expect(skips).toMatchObject({ metric: 'skip_rate', arm: 'new', looks: [{ units: 4 }, { units: 5 }] });
    expect(skips!.looks.at(-1)!.relative).toEqual(report!.metrics[0]!.changes[0]!.relative);
    expect((await run(document('days', ['skip_rate']))).path).toEqual([]);
  });

  it('say of a small world that comparing its users is powerless, and what is not', async () => {
    const { advice } = await run(document('days', ['skip_rate']));
    expect(advice).toMatch(/5 users an A\/B test between users would be powerless/);
    expect(advice).toMatch(/switchback.*[Ii]nterleave.*evaluate policy/s);
  });

  it('are refused by field when nobody knows them', async () => {
    const refusal = (of: ExperimentDocument) => run(of).then(String, ({ message }: Error) => message);
    expect(await refusal(document('days', ['clicks']))).toMatch(
      /^success.0.metric: unknown metric "clicks": expected one of minutes_per_user/,
    );
    expect(await refusal(document('days', ['minutes']))).toMatch(
      /^success.0.metric: there is no metric minutes any more: say minutes_per_user\[2d\], in a plan under a new name/,
    );
    expect(await refusal(document('days', ['success_rate[sleepy]']))).toMatch(
      /^success.0.metric: there is no definition "sleepy"; there are .*sleep_playlist/,
    );
    expect(await refusal(document('days', ['skip_rate', 'skip_rate']))).toMatch(
      /^success.1.metric: skip_rate stands there already/,
    );
    const free = { success: [{ metric: 'plays_per_session' }] };
    expect(await refusal(document('days', [], free))).toMatch(
      /^success.0.better: more plays_per_session is neither good nor bad/,
    );
    const cut = (one: object) => refusal(document('days', [], { success: [{ metric: 'skip_rate', ...one }] }));
    expect(await cut({ winsorize: 0.99 })).toMatch(
      /^success.0.winsorize: skip_rate is a share .*minutes_per_user\[7d\]/,
    );
    const both = { metric: 'minutes_per_user[2d]', trim: 0.1, winsorize: 0.9 };
    expect(await refusal(document('days', [], { success: [both] }))).toMatch(/^success.0.trim: winsorize cuts/);
    const switched = { unit: 'switchback', period_hours: 24, success: [{ metric: 'minutes_per_user[1d]', trim: 0.1 }] };
    expect(await refusal(document('periods', [], switched))).toMatch(/^success.0.trim: .*expected winsorize/);
    const session = { unit: 'session' };
    expect(await refusal(document('sessions', ['minutes_per_user[7d]'], session))).toMatch(
      /takes days of a user, and a unit ends before/,
    );
  });
});
