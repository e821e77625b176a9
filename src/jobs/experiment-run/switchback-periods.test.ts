/** Listeners of a cluster share the draws of its periods: to the test of a switchback they are one. */

import { describe, expect, it } from 'vitest';
import { experimentSchema } from '#domain';
import { checkCarryOver, switchbackTest, type UnitData } from '#experiments';
import { createRng } from '#math';
import { periodsOf, switchedOf } from './switchback-periods.ts';
import { columnsOf, plannedMetrics } from './unit-measures.ts';

const LISTENERS = 15;
const PERIODS = 8;
const document = experimentSchema.parse({
  name: 'homes',
  hypothesis: 'x',
  unit: 'switchback',
  cluster_by: 'home',
  period_hours: 24,
  arms: [{ name: 'old' }, { name: 'new' }],
  success: [{ metric: 'minutes_per_user[1d]' }, { metric: 'skip_rate', better: 'down' }],
  horizon_days: 30,
  planned_units: 100,
});
const [minutes, skips] = plannedMetrics(document, []).map(({ measure }) => measure);

/** One home: what happens on a day moves all of its listeners together, the arm none of them. */
const home = (seed: number, periods = PERIODS, left = 0): UnitData => {
  const rng = createRng('homes').derive(seed);
  const armOf = Uint8Array.from({ length: periods }, () => rng.int(2));
  const shock = Array.from(armOf, (_, period) => 10 * rng.normal() + (period === 0 ? 0 : left * armOf[period - 1]!));
  const unitOf = Uint32Array.from({ length: periods * LISTENERS }, (_, row) => Math.floor(row / LISTENERS));
  return {
    arms: ['old', 'new'],
    armOf,
    unitOf,
    numbers: new Map([
      ['minutes_per_user[1d]', Float64Array.from(unitOf, (unit) => 60 + shock[unit]! + rng.normal())],
      ['period', Float64Array.from(unitOf)],
    ]),
    words: new Map([['user', Array.from(unitOf, () => 'home')]]),
  };
};
const testOf = (data: UnitData) => {
  const { numbers, words, armOf } = periodsOf(data, minutes!);
  const periods = Array.from(numbers.get('followed')!, (value, n) => ({
    user: words.get('user')![n]!,
    arm: armOf[n]!,
    value,
  }));
  return switchbackTest(periods, data.arms, 1, { weights: [1, 1], alpha: 0.05 });
};

describe('the periods of a cluster', () => {
  it('are named after it, and by their number', () => {
    expect(switchedOf('a@home@20577', 'ada')).toEqual({ who: 'a@home', period: 20577 });
    for (const other of ['elsewhere', 'bob@example.com', 'bob@']) {
      expect(switchedOf(other, 'ada')).toEqual({ who: 'ada', period: Number.NaN });
    }
  });

  it('have the mean of whoever is known, shares sum over sum, and none where nobody is', () => {
    const data: UnitData = {
      arms: ['old', 'new'],
      armOf: Uint8Array.of(0, 1, 1),
      unitOf: Uint32Array.of(0, 0, 1, 1, 2),
      numbers: new Map([
        ['minutes_per_user[1d]', Float64Array.of(10, 20, 30, Number.NaN, Number.NaN)],
        ['skip_rate', Float64Array.of(1, 0, 3, 0, 0)],
        [columnsOf('skip_rate').denominator, Float64Array.of(2, 8, 4, 2, 0)],
        ['period', Float64Array.of(5, 5, 6, 6, 7)],
      ]),
      words: new Map([['user', ['home', 'home', 'home', 'home', 'home']]]),
    };
    const { numbers, words, unitOf } = periodsOf(data, minutes!);
    expect(numbers.get('followed')).toEqual(Float64Array.of(15, 30, Number.NaN));
    expect(numbers.get('period')).toEqual(Float64Array.of(5, 6, 7));
    expect([words.get('user'), unitOf]).toEqual([['home', 'home', 'home'], Uint32Array.of(0, 1, 2)]);
    expect(periodsOf(data, skips!).numbers.get('followed')).toEqual(Float64Array.of(0.1, 0.5, Number.NaN));
  });

  it('keep the error of the test, however many listeners share a day', () => {
    const worlds = 400;
    let alarms = 0;
    let tested = 0;
    for (let world = 0; world < worlds; world++) {
      const { pValue, periods } = testOf(home(world));
      if (pValue === null) continue;
      expect(periods).toBe(PERIODS);
      tested++;
      if (pValue <= 0.05) alarms++;
    }
    expect(tested).toBeGreaterThan(worlds - 20);
    // At or below its level; with a row a listener two worlds of three would alarm.
    expect(alarms / tested).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / worlds));
  });

  it('show what one leaves to the next once, not once a listener', () => {
    const check = checkCarryOver(periodsOf(home(1, 200, 30), minutes!), 'user', 'period', 'followed');
    expect(check).toMatchObject({ state: 'warning' });
    expect(check.says).toContain('199 periods that follow another');
  });
});
