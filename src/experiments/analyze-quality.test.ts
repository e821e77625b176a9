import { describe, expect, it } from 'vitest';
import type { UnitData } from './analysis/unit-data.ts';
import type { ExperimentReport } from './analyze.ts';
import { run, success, world } from './analyzed-world.contract.ts';

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
