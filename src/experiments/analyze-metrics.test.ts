import { describe, expect, it } from 'vitest';
import { Moments } from '#stats';
import { metricName, parseMetric } from './analysis/metric-spec.ts';
import type { UnitData } from './analysis/unit-data.ts';
import { run, success, UNITS, value, width, world } from './analyzed-world.contract.ts';

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
