/**
 * The experiment's outcome is the same definition of success as everywhere: a service where an arm is known to add to the
 * nights asleep, its experiments judged by `success_rate[sleep_playlist]` from the events in the warehouse.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '#domain';
import { analyzeRunning, deriveSessions, metricsReport, planPower } from '#jobs';
import { newest, standardDefinitions } from '#success';
import { openChdbWarehouse, type Warehouse } from '#warehouse';
import { AFTER, fillSleepWorld, NIGHT, sleepExperiment } from './sleep-world.ts';

const definitions = newest(standardDefinitions());
const folder = mkdtempSync(join(tmpdir(), 'experiment-success-'));
let warehouse: Warehouse;

const EFFECT = 0.15;
const HELPS = sleepExperiment('helps');
const NOTHING = sleepExperiment('nothing');
/** Experiments of which half help. */
const MANY = 40;
const many = Array.from({ length: MANY }, (_, n) => ({
  document: sleepExperiment(`many-${n}`),
  users: 80,
  effect: n % 2 === 0 ? EFFECT : 0,
}));

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  const plans = [
    { document: HELPS, users: 300, effect: EFFECT },
    { document: NOTHING, users: 300, effect: 0 },
    ...many,
  ];
  await fillSleepWorld(warehouse, plans, 7);
  await deriveSessions({ warehouse, clock: fixedClock(AFTER) });
}, 300_000);
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const judge = (document: typeof HELPS) =>
  analyzeRunning(warehouse, document, { definitions, intents: null, since: NIGHT - 1e6, until: AFTER });
const effectOf = async (document: typeof HELPS) => {
  const { report } = await judge(document);
  const { absolute } = report!.metrics[0]!.changes[0]!;
  if (!absolute.ok) throw new Error(absolute.reason);
  return absolute;
};

describe('an experiment judged by a definition of success', () => {
  it('finds the planted effect, ships it, and says why', async () => {
    const { report } = await judge(HELPS);
    const [success, guardrail] = report!.metrics;
    expect([success!.name, guardrail!.name]).toEqual(['success_rate[sleep_playlist]', 'minutes_per_user[14d]']);
    const { absolute, test } = success!.changes[0]!;
    expect(absolute.ok && absolute.interval.lower).toBeGreaterThan(0);
    expect(absolute.ok && Math.abs(absolute.value - EFFECT)).toBeLessThan(0.07);
    expect(test.ok && test.pValue).toBeLessThan(1e-4);
    // Four nights before tell a little of the nights after.
    expect(success!.varianceLeft).toBeLessThan(1);
    expect(report!.verdicts).toMatchObject([{ arm: 'calmer', decision: 'ship' }]);
    expect(report!.verdicts[0]!.sentence).toContain('success_rate[sleep_playlist]');
  });

  it('of an arm that does nothing finds nothing, and its rate is the one the metrics report tells', async () => {
    const { report } = await judge(NOTHING);
    expect(report!.verdicts[0]!.decision).not.toBe('ship');
    const request = { metrics: ['success_rate[sleep_playlist]'], by: [], from: '2026-05-04', to: '2026-05-20' };
    const { figures } = await metricsReport(warehouse, request, { definitions, now: AFTER, intents: null });
    // Everyone's nights together lie between those of the arms of all experiments.
    const whole = figures[0]!.byEvents;
    expect(whole.ok && whole.value).toBeGreaterThan(0.45);
    expect(whole.ok && whole.value).toBeLessThan(0.62);
  });

  it('holds the truth in its interval as often as it says: 40 experiments, half of them without an effect', async () => {
    let covered = 0;
    let alarms = 0;
    let found = 0;
    for (const { document, effect } of many) {
      const { interval } = await effectOf(document);
      if (interval.lower <= effect && effect <= interval.upper) covered++;
      const significant = interval.lower > 0 || interval.upper < 0;
      if (significant && effect === 0) alarms++;
      if (significant && effect > 0) found++;
    }
    // 0.95 ± 4 · √(0.95 · 0.05 / 40): a wrong alarm about once in 16,000 seeds. The upper end is above 1.
    expect(covered / MANY).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.95 * 0.05) / MANY));
    // 20 experiments without an effect: 5 false alarms or more happen once in 400 seeds at the promised 5 %.
    expect(alarms).toBeLessThan(5);
    // 40 users an arm, 5 nights of variance 0.25 and users apart by 0.0133: standard error 0.056, power 0.75. Fewer than 8 of
    // 20 happen once in 1,000 seeds.
    expect(found).toBeGreaterThanOrEqual(8);
  });

  it('plans by the variance that the warehouse has of the same definition', async () => {
    const plan = await planPower(warehouse, { ...HELPS, target: 0.2 }, { definitions, intents: null }, AFTER);
    const [success] = plan.metrics;
    expect(plan.unknown).toEqual([]);
    expect(success).toMatchObject({ metric: 'success_rate[sleep_playlist]', role: 'success' });
    expect(success!.mean).toBeGreaterThan(0.45);
    expect(success!.mean).toBeLessThan(0.62);
    expect(success!.needed).toBeGreaterThan(50);
  });
});
