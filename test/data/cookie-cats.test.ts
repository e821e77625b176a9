/** A real experiment: Cookie Cats, 90,189 players, a gate at level 30 or 40. */

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram, type Terminal } from '#cli';
import { dataFolder } from './data-folder.ts';

const folder = dataFolder('cookie-cats-ab');

const analyze = async (...words: string[]): Promise<string> => {
  const printed: string[] = [];
  const terminal: Terminal = {
    print: (text) => void printed.push(text),
    talk: () => undefined,
    outIsTty: false,
    errIsTty: false,
  };
  const file = ['--data', join(folder ?? '', 'cookie_cats.csv'), '--unit', 'userid', '--arm', 'version'];
  await (await createProgram(terminal)).parseAsync(['experiment', 'analyze', ...file, ...words], { from: 'user' });
  return printed.join('\n');
};

describe.skipIf(folder === undefined)('Cookie Cats', () => {
  it('rings the sample-ratio alarm: chi-square 6.90, p = 0.0086', async () => {
    const report = JSON.parse(
      await analyze('--metric', 'retention_7:binary', '--weights', 'gate_30=0.5,gate_40=0.5', '--json'),
    );
    const [ratio] = report.checks;
    expect(ratio).toMatchObject({ check: 'sample_ratio', state: 'failed' });
    expect(ratio.statistic).toBeCloseTo(6.9, 2);
    expect(ratio.p_value).toBeCloseTo(0.0086, 4);
    expect(report.verdicts[0].decision).toBe('cannot_be_trusted');
    expect(report.verdicts[0].sentence).toMatch(
      /^No decision about gate_40: .* chi-square 6\.90, p = 0\.0086\..* retention_7:binary is worse/,
    );
    // The shares that were met would not ring.
    const met = JSON.parse(
      await analyze('--metric', 'retention_7:binary', '--weights', 'gate_30=44700,gate_40=45489', '--json'),
    );
    expect(met.checks[0]).toMatchObject({ state: 'passed', p_value: 1 });
    expect(met.verdicts[0].decision).toBe('do_not_ship');
  });

  it('retention on day 1 is .4482 and .4423, on day 7 .1902 and .1820', async () => {
    const report = JSON.parse(
      await analyze('--metric', 'retention_1:binary', '--metric', 'retention_7:binary', '--json'),
    );
    const shares = report.metrics.map((metric: { arms: { estimate: { value: number } }[] }) =>
      metric.arms.map((arm) => arm.estimate.value.toFixed(4)),
    );
    expect(shares).toEqual([
      ['0.4482', '0.4423'],
      ['0.1902', '0.1820'],
    ]);
    // z = -1.7840 and -3.1644 with pooled variance, as statsmodels' proportions_ztest has it.
    expect(report.metrics[0].changes[0].test).toMatchObject({ ok: true, method: 'z test of two proportions' });
    expect(report.metrics[0].changes[0].test.p_value).toBeCloseTo(0.0744, 4);
    expect(report.metrics[1].changes[0].test.p_value).toBeCloseTo(0.00155, 5);
    expect(report.allocation).toMatchObject({ alpha_success: 0.025, success_metrics: 2 });
  });

  it('tells of the player of 49,854 rounds, and what cutting the tail changes', async () => {
    const report = JSON.parse(
      await analyze('--metric', 'sum_gamerounds', '--metric', 'sum_gamerounds:winsorized:0.999', '--json'),
    );
    const warning = report.checks.find((check: { check: string }) => check.check === 'heavy_tail');
    expect(warning).toMatchObject({ state: 'warning' });
    expect(warning.says).toContain('One unit of gate_30 holds 84 % of the variance');
    const [raw, cut] = report.metrics;
    const width = ({ changes }: typeof raw) => changes[0].absolute.interval.upper - changes[0].absolute.interval.lower;
    expect(width(cut)).toBeLessThan(0.5 * width(raw));
    expect(cut.tail).toBeUndefined();
    expect(raw.tail.winsorized.value).toBeCloseTo(cut.changes[0].absolute.value, 9);
  });

  it('in words for people', async () => {
    const text = await analyze('--metric', 'retention_7:binary');
    expect(text).toContain('chi-square 6.90, p = 0.0086');
    expect(text).toContain('gate_40 against gate_30');
  });
});
