import { describe, expect, it } from 'vitest';
import type { ExperimentMetric, ExperimentPower } from '#api';
import {
  documentName,
  estimateWords,
  forestRows,
  forestWords,
  lookDomain,
  lookPoints,
  lookWords,
  powerPoints,
  powerWords,
  shortLabel,
  signedPercent,
} from './view.ts';

const estimate = (value: number, lower: number, upper: number) => ({
  ok: true as const,
  value,
  interval: { lower, upper },
  level: 0.95,
  n: 100,
  method: 'test',
});

const metric = (more: Partial<ExperimentMetric>): ExperimentMetric => ({
  metric: 'minutes',
  role: 'success',
  better: 'up',
  margin: null,
  alpha: 0.05,
  variance_left: 1,
  arms: [],
  changes: [{ arm: 'b', absolute: estimate(1, 0, 2), relative: estimate(0.05, 0.01, 0.09), p_value: 0.01 }],
  cut: null,
  ...more,
});

describe('the forest plot', () => {
  it('is in percent, and knows better from worse', () => {
    const down = {
      changes: [{ arm: 'b', absolute: estimate(1, 0, 2), relative: estimate(0.05, 0.01, 0.09), p_value: 0.01 }],
    };
    const [up, worse] = forestRows([metric({}), metric({ better: 'down', role: 'guardrail', margin: 0.02, ...down })]);
    expect(up).toMatchObject({ value: 5, lower: 1, upper: 9, state: 'better', margin: null });
    // Where lower is better the margin lies above zero.
    expect(worse).toMatchObject({ state: 'worse', margin: 2 });
    const open = forestRows([
      metric({
        margin: 0.03,
        role: 'guardrail',
        changes: [{ ...down.changes[0]!, relative: estimate(0, -0.01, 0.01) }],
      }),
    ]);
    expect(open[0]).toMatchObject({ state: 'open', margin: -3 });
  });
  it('leaves out what is unknown and says so when nothing is left', () => {
    const unknown = { ok: false as const, reason: 'no_units' };
    const rows = forestRows([metric({ changes: [{ arm: 'b', absolute: unknown, relative: unknown, p_value: null }] })]);
    expect(rows).toEqual([]);
    expect(forestWords(rows)).toBe('No metric has an interval yet.');
    expect(estimateWords(unknown, String)).toBe('unknown: nobody has it yet');
    expect(forestWords(forestRows([metric({})]))).toContain('minutes +5.00 % (+1.00 % to +9.00 %)');
  });
});

it('the power curve has a point a change, and its words', () => {
  const power: ExperimentPower = {
    users: 10,
    metrics: [
      {
        metric: 'minutes',
        role: 'success',
        mean: 1,
        variance: 1,
        variance_left: 1,
        detectable: 0.031,
        needed: null,
        curve: [{ change: 0.01, power: 0.2 }],
      },
    ],
    unknown: [],
    advice: null,
    sql: '',
  };
  expect(powerPoints(power)).toEqual([{ metric: 'minutes', change: 1, power: 0.2 }]);
  expect(powerWords(power)).toContain('minutes sees +3.10 %');
  expect(powerWords({ ...power, metrics: [] })).toContain('does not tell the variance');
  expect(signedPercent(-0.123)).toBe('-12.3 %');
});

describe('the path of looks', () => {
  const path = [
    {
      metric: 'skip_rate',
      arm: 'b',
      looks: [
        { units: 10, at: '2026-01-01T00:00:00Z', relative: { ok: false as const, reason: 'too_early_to_look' } },
        { units: 20, at: '2026-01-02T00:00:00Z', relative: estimate(0.05, -0.1, 0.2) },
        { units: 40, at: '2026-01-03T00:00:00Z', relative: estimate(0.04, 0.01, 0.08) },
      ],
    },
  ];
  it('leaves out looks that have no interval, and says the last', () => {
    const points = lookPoints(path);
    expect(points.map(({ units, lower, upper }) => [units, lower, upper])).toEqual([
      [20, -10, 20],
      [40, 1, 8],
    ]);
    expect(lookWords(points)).toContain('skip_rate, b: +4.00 % (+1.00 % to +8.00 %) after 40 units');
  });
  it('is drawn to the ends of its later half, and says where more is left out', () => {
    const wide = { units: 10, at: '2026-01-01T00:00:00Z', relative: estimate(1, -9, 20) };
    const [first, ...rest] = path[0]!.looks;
    const points = lookPoints([{ ...path[0]!, looks: [wide, first!, ...rest] }]);
    expect(lookDomain(points)).toEqual([-10, 20]);
    expect(lookWords(points)).toContain('The first looks reach beyond what is drawn.');
    expect(lookWords(lookPoints(path))).not.toContain('beyond');
  });
});

describe('words', () => {
  it('beside a chart end in dots where they do not fit', () => {
    expect(shortLabel('skip_rate', 100)).toBe('skip_rate');
    expect(shortLabel('minutes_per_user[7d]:winsorized:0.999', 100)).toBe('minutes_per_us…');
  });
  it('say why there is no number, and never a code', () => {
    const unknown = (reason: string) => estimateWords({ ok: false, reason }, signedPercent);
    expect(unknown('no_units')).toBe('unknown: nobody has it yet');
    expect(unknown('some_new_code')).toBe('unknown: some new code');
  });
  it('find the name of a document in YAML and in JSON', () => {
    expect(documentName('# mine\nname: more_1\nhypothesis: x')).toBe('more_1');
    expect(documentName('{\n  "name": "less-2"\n}')).toBe('less-2');
    expect(documentName('hypothesis: x')).toBeNull();
  });
});
