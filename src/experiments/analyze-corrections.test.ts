import { describe, expect, it } from 'vitest';
import { Moments } from '#stats';
import type { ExperimentReport } from './analyze.ts';
import { run, success, UNITS, value, width, world } from './analyzed-world.contract.ts';

/** Each correction must do something: an option that changes nothing is an option that is not there. */
describe('every correction changes something', () => {
  const data = world({ effect: 0.5 });
  const plain = run(data, { metrics: [success('y')] });

  it('CUPED: narrower, by the root of 1 - ρ²', () => {
    const cuped = run(data, { metrics: [success('y')], covariates: ['x'] });
    expect(value(cuped)).not.toBe(value(plain));
    expect(Math.abs(value(cuped) - 0.5)).toBeLessThan(0.2);
    // var y = 4 + 1, of which x explains 4: a fifth is left.
    expect(cuped.metrics[0]!.varianceLeft).toBeCloseTo(0.2, 1);
    expect(width(cuped) / width(plain)).toBeCloseTo(Math.sqrt(cuped.metrics[0]!.varianceLeft), 2);
  });
  it('CUPAC: several covariates, and bends', () => {
    const cupac = run(data, { metrics: [success('y')], covariates: ['x', 'x2'] });
    expect(cupac.metrics[0]!.varianceLeft).toBeLessThan(0.25);
    const bent = run(data, { metrics: [success('heavy')], covariates: ['x', 'x2'] });
    const straight = run(data, { metrics: [success('heavy')], covariates: ['x'] });
    expect(bent.metrics[0]!.varianceLeft).toBeLessThan(0.85 * straight.metrics[0]!.varianceLeft);
  });
  it('CUPED: on ratios and quantiles, too', () => {
    for (const name of ['skips:ratio:plays', 'y:quantile:0.5']) {
      const before = run(data, { metrics: [success(name)] });
      const after = run(data, { metrics: [success(name)], covariates: ['x'] });
      expect(width(after)).toBeLessThan(0.9 * width(before));
    }
  });
  it('post-stratification: narrower, and another value', () => {
    const strata = run(data, { metrics: [success('y')], strata: 'device' });
    expect(width(strata)).toBeLessThan(0.8 * width(plain));
    expect(value(strata)).not.toBe(value(plain));
  });
  it('winsorizing and trimming: narrower on heavy tails', () => {
    const heavy = run(data, {
      metrics: [success('heavy'), success('heavy:winsorized:0.95'), success('heavy:trimmed:0.1')],
    });
    expect(width(heavy, 1)).toBeLessThan(width(heavy, 0));
    expect(width(heavy, 2)).toBeLessThan(width(heavy, 0));
  });
  it('a declared cut: what it did to the mean and to the difference is told beside it', () => {
    const { metrics } = run(data, {
      metrics: [success('heavy'), success('heavy:winsorized:0.95'), success('heavy:trimmed:0.1')],
      covariates: ['x'],
    });
    const [whole, ...cuts] = metrics;
    expect(whole!.cut).toBeUndefined();
    for (const { cut, arms, changes } of cuts) {
      const [control, before] = [arms[0]!.estimate, whole!.arms[0]!.estimate];
      if (!(control.ok && before.ok && changes[0]!.absolute.ok)) throw new Error('no value');
      expect(cut).toMatchObject({ controlCut: control.value, controlUncut: before.value });
      expect(cut!.controlCut).toBeLessThan(0.9 * cut!.controlUncut);
      // The difference without the cut is that of the whole metric, with its covariate, at the cut one's own error.
      expect(cut!.arms).toEqual([{ arm: 'b', uncut: whole!.changes[0]!.absolute }]);
      const shift = 100 * (cut!.controlCut / cut!.controlUncut - 1);
      expect(cut!.says).toContain(`changes the control's mean by ${shift.toFixed(1)} %`);
      expect(cut!.says).toContain(`without it to ${Number(changes[0]!.absolute.value.toPrecision(4))}.`);
    }
  });
  it('alpha shared among success metrics: wider', () => {
    const two = run(data, { metrics: [success('y'), success('hit:binary')] });
    expect(two.allocation.alphaSuccess).toBe(0.025);
    expect(width(two)).toBeGreaterThan(width(plain));
  });
  it('guardrails: beta shared, alpha not', () => {
    const guarded = run(data, { metrics: [success('y'), success('hit:binary', { role: 'guardrail', margin: 0.1 })] });
    expect(guarded.allocation).toMatchObject({ alphaSuccess: 0.05, alphaGuardrail: 0.05, betaEach: 0.1 });
    expect(width(guarded)).toBeCloseTo(width(plain), 12);
    const needed = (report: ExperimentReport) => report.verdicts[0]!.enough[0]!.detectable!;
    expect(needed(guarded)).toBeGreaterThan(needed(plain));
  });
  it('looking often: wider', () => {
    const often = run(data, { metrics: [success('y')], looks: { kind: 'always-valid', plannedUnits: UNITS } });
    expect(width(often) / width(plain)).toBeGreaterThan(1.4);
    const group = { kind: 'group-sequential', fractions: [0.25, 0.5], spending: 'obrien-fleming' } as const;
    expect(width(run(data, { metrics: [success('y')], looks: group })) / width(plain)).toBeCloseTo(2.963 / 1.961, 2);
    const early = run(data, { metrics: [success('y')], looks: { ...group, fractions: [0.01] } });
    expect(early.metrics[0]!.changes[0]!.absolute).toEqual({ ok: false, reason: 'too_early_to_look' });
  });
  it('shrinkage and Holm: slices nearer to each other, p-values larger', () => {
    const [slices] = run(data, { metrics: [success('y')], slices: ['device'] }).slices;
    expect(slices!.slices.map((slice) => slice.slice)).toEqual(['car', 'phone', 'web']);
    const spread = (of: 'effect' | 'shrunken') =>
      Moments.of(slices!.slices.map((slice) => (slice[of].ok ? slice[of].value : Number.NaN))).variance;
    expect(spread('shrunken')).toBeLessThan(spread('effect'));
    expect(slices!.heterogeneity).toBeGreaterThan(0.01);
  });
});
