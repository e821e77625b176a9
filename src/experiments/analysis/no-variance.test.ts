/** What is the same for every unit says nothing of how far it may be off: no interval, no test, no launch. */

import { describe, expect, it } from 'vitest';
import { type AnalysisPlan, analyze, type ExperimentReport } from '../analyze.ts';
import type { MetricPlan } from './metric-plan.ts';
import type { UnitData } from './unit-data.ts';

const FIXED: Pick<AnalysisPlan, 'looks' | 'alpha' | 'beta'> = { looks: { kind: 'fixed' }, alpha: 0.05, beta: 0.2 };
const SUCCESS: MetricPlan = { spec: { kind: 'mean', column: 'y' }, role: 'success', better: 'up' };
const COUNTED: MetricPlan = { ...SUCCESS, spec: { kind: 'binary', column: 'y' } };
const GUARDRAIL: MetricPlan = { ...COUNTED, role: 'guardrail', margin: 0.01 };

const twoArms = (control: readonly number[], treated: readonly number[]): UnitData => ({
  arms: ['old', 'new'],
  armOf: Uint8Array.from([...control.map(() => 0), ...treated.map(() => 1)]),
  unitOf: Uint32Array.from([...control, ...treated].keys()),
  numbers: new Map([['y', Float64Array.from([...control, ...treated])]]),
  words: new Map([['country', [...control, ...treated].map(() => 'de')]]),
});
const run = (data: UnitData, metric: MetricPlan, more: Partial<AnalysisPlan> = {}): ExperimentReport =>
  analyze(data, { ...FIXED, metrics: [metric], ...more }, []);
const UNKNOWN = { ok: false, reason: 'no_variance' };
const many = (value: number, units = 1000): number[] => new Array(units).fill(value);

describe('a metric that is the same for every unit', () => {
  it.each<[string, Partial<AnalysisPlan>]>([
    ['with one look', {}],
    ['by groups', { looks: { kind: 'group-sequential', fractions: [0.5], spending: 'obrien-fleming' } }],
    ['always valid', { looks: { kind: 'always-valid', plannedUnits: 100 } }],
  ])('%s: has no interval, and nothing is shipped for it', (_, more) => {
    const report = run(twoArms([5, 5], [6, 6]), SUCCESS, more);
    const [metric] = report.metrics;
    expect(metric!.arms).toEqual([
      { arm: 'old', estimate: UNKNOWN },
      { arm: 'new', estimate: UNKNOWN },
    ]);
    const { absolute, relative, absoluteUnadjusted, relativeUnadjusted, test } = metric!.changes[0]!;
    for (const one of [absolute, relative, absoluteUnadjusted, relativeUnadjusted, test]) expect(one).toEqual(UNKNOWN);
    expect(report.verdicts[0]).toMatchObject({ decision: 'not_enough_data', findings: [{ finding: 'unknown' }] });
    expect(report.verdicts[0]!.sentence).toBe(
      'Not enough data to decide about new. y is unknown: it is the same for every unit.',
    );
  });

  it('but for rounding is the same, too', () => {
    // Sums of 0.1 leave influences of 1e-17, which are not the differences between units.
    const report = run(twoArms(many(0.1, 1001), many(0.1, 777)), SUCCESS);
    expect(report.metrics[0]!.changes[0]).toMatchObject({ absolute: UNKNOWN, test: UNKNOWN });
    expect(report.metrics[0]!.arms[0]!.estimate).toEqual(UNKNOWN);
    expect(report.metrics[0]!.controlValue).toBeCloseTo(0.1, 12);
  });

  it('in one arm alone is compared by what the other varies', () => {
    const report = run(
      twoArms(
        many(-5, 50),
        Array.from({ length: 50 }, (_, n) => -4 + (n % 2)),
      ),
      SUCCESS,
    );
    const { absolute, relative } = report.metrics[0]!.changes[0]!;
    expect(absolute).toMatchObject({ ok: true, value: 1.5 });
    expect(relative.ok && relative.value).toBeCloseTo(-0.3, 12);
    expect(report.verdicts[0]!.decision).toBe('ship');
    // From 1.6 % less to 0.4 % more of a control below zero is from 1.6 % better to 0.4 % worse.
    const near = Array.from({ length: 50 }, (_, n) => -4.97 + 0.36 * ((n % 2) - 0.5));
    const guarded = run(twoArms(many(-5, 50), near), { ...SUCCESS, role: 'guardrail', margin: 0.01 });
    expect(guarded.verdicts[0]!.findings).toMatchObject([{ finding: 'non_inferior' }]);
  });

  it('has no slices either', () => {
    const [slices] = run(twoArms(many(5), many(6)), SUCCESS, { slices: ['country'] }).slices;
    expect(slices!.slices).toMatchObject([{ slice: 'de', effect: UNKNOWN }]);
    expect(slices!.slices[0]!.pValue).toBeUndefined();
  });

  it('once its tail is cut is told so', () => {
    const one = [...many(0, 1999), 500];
    const { checks } = run(twoArms(one, many(0, 2000)), SUCCESS);
    expect(checks.find(({ check }) => check === 'heavy_tail')!.says).toContain('the difference is then unknown');
  });
});

describe('counts of all or of none', () => {
  it('are known by their number: three of three against three of three hold no margin', () => {
    const report = run(twoArms(many(1, 3), many(1, 3)), GUARDRAIL);
    // Wilson's lower end of three of three is 3 / (3 + 1.96²).
    const lower = 3 / (3 + 1.959963985 ** 2);
    const [control] = report.metrics[0]!.arms;
    expect(control!.estimate.ok && control!.estimate.interval.lower).toBeCloseTo(lower, 8);
    const { absoluteUnadjusted } = report.metrics[0]!.changes[0]!;
    expect(absoluteUnadjusted.ok && absoluteUnadjusted.interval.lower).toBeCloseTo(lower - 1, 8);
    expect(report.verdicts[0]).toMatchObject({ decision: 'not_enough_data', findings: [{ finding: 'unknown' }] });
  });

  it('show a difference where there is one, and nothing where there is none', () => {
    expect(run(twoArms(many(0), many(1)), COUNTED).verdicts[0]!.decision).toBe('ship');
    expect(run(twoArms(many(1), many(0)), COUNTED).verdicts[0]!.decision).toBe('do_not_ship');
    const same = run(twoArms(many(1, 3), many(1, 3)), COUNTED).verdicts[0]!;
    expect(same).toMatchObject({ decision: 'not_enough_data', findings: [{ finding: 'unknown' }] });
  });

  it('of an arm without data are none', () => {
    const report = run(twoArms(many(1, 3), many(Number.NaN, 3)), COUNTED);
    expect(report.metrics[0]!.changes[0]!.absolute).toEqual({ ok: false, reason: 'no_units' });
  });
});
