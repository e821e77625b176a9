import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { Moments } from '#stats';
import type { MetricPlan } from './analysis/metric-plan.ts';
import { metricName, parseMetric } from './analysis/metric-spec.ts';
import type { UnitData } from './analysis/unit-data.ts';
import { type AnalysisPlan, analyze, type ExperimentReport } from './analyze.ts';

const UNITS = 2000;

interface World {
  readonly effect?: number;
  readonly seed?: number;
  readonly rowsPerUnit?: number;
}

/** Two arms; y depends on x from before, z bends with x; several rows a unit share the unit's own level. */
const world = ({ effect = 0, seed = 1, rowsPerUnit = 1 }: World): UnitData => {
  const rng = createRng(seed);
  const armOf = Uint8Array.from({ length: UNITS }, () => rng.int(2));
  const rows = UNITS * rowsPerUnit;
  const unitOf = Uint32Array.from({ length: rows }, (_, row) => Math.floor(row / rowsPerUnit));
  const level = Float64Array.from({ length: UNITS }, () => rng.normal());
  const column = (make: (unit: number) => number): Float64Array => Float64Array.from(unitOf, make);
  const x = column((unit) => level[unit]!);
  const y = column((unit) => 10 + 2 * level[unit]! + rng.normal() + effect * armOf[unit]!);
  const plays = column(() => 1 + rng.int(20));
  return {
    arms: ['a', 'b'],
    armOf,
    unitOf,
    numbers: new Map([
      ['x', x],
      ['x2', column(() => rng.normal())],
      ['y', y],
      ['plays', plays],
      ['skips', plays.map((n, row) => Math.round(n * (0.3 + 0.05 * level[unitOf[row]!]!)))],
      ['hit', y.map((value) => (value > 10 ? 1 : 0))],
      ['heavy', y.map((value) => Math.exp(value / 2))],
      ['day', Float64Array.from({ length: rows }, (_, row) => row % rowsPerUnit)],
    ]),
    words: new Map([
      ['device', Array.from(unitOf, (unit) => (level[unit]! > 0.5 ? 'car' : level[unit]! > -0.5 ? 'phone' : 'web'))],
    ]),
  };
};

const success = (text: string, more: Partial<MetricPlan> = {}): MetricPlan => {
  const spec = parseMetric(text);
  if ('wrong' in spec) throw new Error(spec.wrong);
  return { spec, role: 'success', better: 'up', ...more };
};

const run = (data: UnitData, plan: Partial<AnalysisPlan> & Pick<AnalysisPlan, 'metrics'>): ExperimentReport =>
  analyze(data, { looks: { kind: 'fixed' }, alpha: 0.05, beta: 0.2, ...plan }, []);

const width = (report: ExperimentReport, metric = 0): number => {
  const { absolute } = report.metrics[metric]!.changes[0]!;
  if (!absolute.ok) throw new Error(absolute.reason);
  return absolute.interval.upper - absolute.interval.lower;
};

const value = (report: ExperimentReport, metric = 0): number => {
  const { absolute } = report.metrics[metric]!.changes[0]!;
  if (!absolute.ok) throw new Error(absolute.reason);
  return absolute.value;
};

describe('metrics', () => {
  it('of one row a unit are means with Welch intervals', () => {
    const data = world({ effect: 1 });
    const report = run(data, { metrics: [success('y')] });
    const arm = (of: number) => Moments.of(data.numbers.get('y')!.filter((_, row) => data.armOf[row] === of));
    expect(value(report)).toBeCloseTo(arm(1).mean - arm(0).mean, 10);
    const se = Math.sqrt(arm(1).meanVariance + arm(0).meanVariance);
    // t on some 1,990 degrees of freedom.
    expect(width(report)).toBeCloseTo(2 * 1.9612 * se, 3);
  });

  it('of several rows a unit are clustered: copying rows changes nothing', () => {
    const once = run(world({}), { metrics: [success('y'), success('skips:ratio:plays'), success('y:quantile:0.9')] });
    const data = world({});
    const doubled: UnitData = {
      ...data,
      unitOf: Uint32Array.from([...data.unitOf, ...data.unitOf]),
      numbers: new Map([...data.numbers].map(([name, column]) => [name, Float64Array.from([...column, ...column])])),
      words: new Map([...data.words].map(([name, words]) => [name, [...words, ...words]])),
    };
    const twice = run(doubled, { metrics: once.metrics.map((metric) => metric.plan) });
    for (const metric of [0, 1]) expect(width(twice, metric)).toBeCloseTo(width(once, metric), 10);
    expect(width(twice, 2) / width(once, 2)).toBeCloseTo(1, 1);
    // Rows taken for independent would make it narrower by the root of two.
  });

  it('of rows that differ within a unit are wider than rows taken for independent', () => {
    const data = world({ rowsPerUnit: 8 });
    const naive: UnitData = {
      ...data,
      armOf: Uint8Array.from(data.unitOf, (unit) => data.armOf[unit]!),
      unitOf: Uint32Array.from(data.unitOf, (_, row) => row),
    };
    const metrics = [success('y'), success('y:quantile:0.9'), success('hit:binary')];
    const clustered = run(data, { metrics });
    const independent = run(naive, { metrics });
    for (const metric of [0, 1, 2]) expect(width(clustered, metric)).toBeGreaterThan(1.5 * width(independent, metric));
  });

  it('read back from their names', () => {
    for (const name of ['y', 'y:binary', 'y:ratio:z', 'y:quantile:0.9', 'y:winsorized:0.999', 'y:trimmed:0.05']) {
      const spec = parseMetric(name);
      expect('wrong' in spec ? spec.wrong : metricName(spec)).toBe(name);
    }
    for (const name of [
      '',
      'y:quantile',
      'y:quantile:2',
      'y:ratio',
      'y:sum',
      'y:trimmed:0.5',
      'y:mean:3',
      'a:ratio:b:c',
    ]) {
      expect(parseMetric(name)).toHaveProperty('wrong');
    }
  });

  it('of nothing say so', () => {
    const data = world({});
    const empty: UnitData = { ...data, numbers: new Map([['y', new Float64Array(UNITS).fill(Number.NaN)]]) };
    const report = run(empty, { metrics: [success('y')] });
    expect(report.metrics[0]!.arms[0]!.estimate).toEqual({ ok: false, reason: 'no_units' });
    expect(report.metrics[0]!.changes[0]!.absolute).toEqual({ ok: false, reason: 'no_units' });
    expect(report.verdicts[0]!.decision).toBe('not_enough_data');
  });
});

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

it('a relative interval excludes 0 exactly when the absolute one does', () => {
  for (let seed = 0; seed < 40; seed++) {
    const { absoluteUnadjusted, relativeUnadjusted } = run(world({ effect: 0.2, seed }), {
      metrics: [success('y'), success('plays')],
    }).metrics[0]!.changes[0]!;
    if (!(absoluteUnadjusted.ok && relativeUnadjusted.ok)) throw new Error('no interval');
    expect(Math.sign(relativeUnadjusted.interval.lower)).toBe(Math.sign(absoluteUnadjusted.interval.lower));
    expect(Math.sign(relativeUnadjusted.interval.upper)).toBe(Math.sign(absoluteUnadjusted.interval.upper));
  }
});

describe('the verdict', () => {
  const guardrail = success('hit:binary', { role: 'guardrail', margin: 0.2 });

  it('ships what is better and harms nothing', () => {
    const report = run(world({ effect: 1 }), { metrics: [success('y'), guardrail] });
    expect(report.verdicts[0]).toMatchObject({ arm: 'b', decision: 'ship' });
    expect(report.verdicts[0]!.sentence).toMatch(/^Ship b\. y is better, \+/);
  });
  it('does not ship what is worse', () => {
    const report = run(world({ effect: -1 }), { metrics: [success('y'), guardrail] });
    expect(report.verdicts[0]!.decision).toBe('do_not_ship');
    expect(report.verdicts[0]!.findings.map((finding) => finding.finding)).toContain('deteriorated');
  });
  it('takes a fall for good where lower is better', () => {
    const report = run(world({ effect: -1 }), { metrics: [success('y', { better: 'down' })] });
    expect(report.verdicts[0]!.decision).toBe('ship');
  });
  it('does not ship what is better while a guardrail is not shown to hold', () => {
    const strict = success('plays', { role: 'guardrail', margin: 0.001 });
    const report = run(world({ effect: 1 }), { metrics: [success('y'), strict] });
    expect(report.verdicts[0]!.decision).toBe('not_enough_data');
    expect(report.verdicts[0]!.sentence).toMatch(/To see a change of \+0\.10 % in plays [\d,]+ units would be enough/);
  });
  it('says not enough data, and what would be enough', () => {
    const report = run(world({}), { metrics: [success('y')], target: 0.005 });
    expect(report.verdicts[0]!.decision).toBe('not_enough_data');
    const enough = report.verdicts[0]!.enough[0]!;
    // Half a percent of 10 is 0.05; 4 · 5 · (1.96 + 0.8416)² / 0.0025 = 62,800 units.
    expect(enough.needed! / 62_800).toBeGreaterThan(0.9);
    expect(enough.needed! / 62_800).toBeLessThan(1.1);
    expect(report.verdicts[0]!.sentence).toContain('units would be enough');
  });
  it('does not ship what enough data show no change of', () => {
    const report = run(world({}), { metrics: [success('y')], target: 0.2 });
    expect(report.verdicts[0]!.decision).toBe('do_not_ship');
    expect(report.verdicts[0]!.sentence).toContain('would have shown a change of');
  });
  it('decides nothing on data that cannot be trusted', () => {
    const check = { check: 'sample_ratio', state: 'failed', says: 'Sample-ratio alarm.' } as const;
    const report = analyze(
      world({ effect: 1 }),
      { metrics: [success('y')], looks: { kind: 'fixed' }, alpha: 0.05, beta: 0.2 },
      [check],
    );
    expect(report.verdicts[0]!.decision).toBe('cannot_be_trusted');
  });
});

describe('quality', () => {
  const stateOf = (report: ExperimentReport, name: string) =>
    report.checks.find((check) => check.check === name)?.state;

  it('sees arms that differed before', () => {
    const data = world({});
    const biased = {
      ...data,
      numbers: new Map([...data.numbers, ['x', data.numbers.get('x')!.map((x, row) => x + 0.3 * data.armOf[row]!)]]),
    };
    expect(stateOf(run(biased, { metrics: [success('y')], covariates: ['x'] }), 'pre_exposure')).toBe('failed');
    expect(stateOf(run(data, { metrics: [success('y')], covariates: ['x'] }), 'pre_exposure')).toBe('passed');
    expect(stateOf(run(data, { metrics: [success('y')] }), 'pre_exposure')).toBe('not_possible');
  });
  it('sees an effect that fades', () => {
    const data = world({ rowsPerUnit: 8 });
    const day = data.numbers.get('day')!;
    const fading = {
      ...data,
      numbers: new Map([
        ...data.numbers,
        ['y', data.numbers.get('y')!.map((y, row) => y + (data.armOf[data.unitOf[row]!]! && day[row]! < 4 ? 0.5 : 0))],
      ]),
    };
    const novelty = (of: UnitData) =>
      run(of, { metrics: [success('y')], time: 'day' }).checks.find((check) => check.check === 'novelty')!;
    expect(novelty(fading)).toMatchObject({ state: 'warning' });
    expect(novelty(fading).says).toContain('falls with time');
    expect(novelty(data)).toMatchObject({ state: 'passed' });
  });
  it('warns where arms compete for the same things', () => {
    expect(stateOf(run(world({}), { metrics: [success('y', { supplySide: true })] }), 'interference')).toBe('warning');
  });
  it('tells of a unit that holds the variance', () => {
    const data = world({});
    const one = {
      ...data,
      numbers: new Map([...data.numbers, ['y', data.numbers.get('y')!.map((y, row) => (row === 7 ? 5000 : y))]]),
    };
    expect(stateOf(run(one, { metrics: [success('y')] }), 'heavy_tail')).toBe('warning');
    expect(stateOf(run(data, { metrics: [success('y')] }), 'heavy_tail')).toBeUndefined();
  });
});
