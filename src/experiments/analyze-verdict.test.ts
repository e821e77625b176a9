import { describe, expect, it } from 'vitest';
import { analyze } from './analyze.ts';
import { run, success, world } from './analyzed-world.contract.ts';

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
