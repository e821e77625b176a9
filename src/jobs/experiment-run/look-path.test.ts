/** Looks by groups, also when an experiment goes on after its planned end. */

import { describe, expect, it } from 'vitest';
import { type ExperimentDocument, experimentSchema } from '#domain';
import { type AnalysisPlan, analyze, type UnitData } from '#experiments';
import { createRng } from '#math';
import { planOf } from './document-plan.ts';
import { judgedUnits } from './look-path.ts';
import { plannedMetrics } from './unit-measures.ts';

const PLANNED = 200;
const METRIC = 'minutes_per_user[7d]';
const document: ExperimentDocument = experimentSchema.parse({
  name: 'going_on',
  hypothesis: 'x',
  arms: [{ name: 'old' }, { name: 'new' }],
  success: [{ metric: METRIC }],
  horizon_days: 30,
  planned_units: PLANNED,
  looks: 'group_sequential',
});
const metrics = plannedMetrics(document, []);

/** Users in the order of their exposure, without an effect; of the latest `unknown` nothing is known yet. */
const usersOf = (seed: number, users: number, unknown = 0): UnitData => {
  const rng = createRng('looks').derive(seed);
  const drawn = Array.from({ length: users }, (_, n) => ({ arm: rng.int(2), minutes: 30 + 10 * rng.normal(), at: n }));
  // Not in the order of their exposure, as rows of the warehouse.
  const rows = drawn.toReversed();
  return {
    arms: ['old', 'new'],
    armOf: Uint8Array.from(rows, ({ arm }) => arm),
    unitOf: Uint32Array.from(rows.keys()),
    numbers: new Map([
      [METRIC, Float64Array.from(rows, ({ minutes, at }) => (at < users - unknown ? minutes : Number.NaN))],
      ['exposed_at', Float64Array.from(rows, ({ at }) => at)],
    ]),
    words: new Map(),
  };
};

/** The plan without what needs the days before. */
const plan = (data: UnitData): AnalysisPlan => ({ ...planOf(document, metrics, data), covariates: [], slices: [] });
const differenceOf = (data: UnitData) => {
  const judged = judgedUnits(document, data);
  const { absolute } = analyze(judged, plan(judged), []).metrics[0]!.changes[0]!;
  if (!absolute.ok) throw new Error(absolute.reason);
  return absolute;
};

describe('an experiment by groups', () => {
  it('is judged by the units of its plan, however many came after', () => {
    const atEnd = usersOf(0, PLANNED);
    expect(judgedUnits(document, atEnd)).toBe(atEnd);
    expect(judgedUnits({ ...document, looks: 'always_valid' }, usersOf(0, 300)).armOf).toHaveLength(300);
    // The same seed draws the same users first.
    expect(judgedUnits(document, usersOf(0, 300)).armOf).toHaveLength(PLANNED);
    expect(differenceOf(usersOf(0, 300))).toEqual(differenceOf(atEnd));
  });

  it('spends by what is known: units whose window is not over have told nothing', () => {
    const fractions = (data: UnitData) => {
      const { looks } = plan(data);
      return looks.kind === 'group-sequential' ? looks.fractions : [];
    };
    expect(fractions(usersOf(0, 60))).toEqual([0.1, 0.2, 0.3]);
    expect(fractions(usersOf(0, PLANNED, 50))).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75]);
  });

  it('keeps its error when it is looked at on and on after the planned end', () => {
    const worlds = 1000;
    const looks = [0.3, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2];
    let alarms = 0;
    for (let world = 0; world < worlds; world++) {
      const alarm = looks.some((part) => {
        const { interval } = differenceOf(usersOf(world, Math.round(part * PLANNED)));
        return interval.lower > 0 || interval.upper < 0;
      });
      if (alarm) alarms++;
    }
    // 0.05 and four standard errors of a rate; the last bound held against everyone who came later gives 0.1.
    expect(alarms / worlds).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / worlds));
    expect(alarms / worlds).toBeGreaterThan(0.02);
  });
});
