import { describe, expect, it } from 'vitest';
import { type ExperimentDocument, experimentSchema } from '#domain';
import { chiSquare, sampleRatioTest } from '#stats';
import { type AssignmentContext, assign, HOLDOUT_SHARE } from './assign.ts';
import { fractionOf } from './hash.ts';

const document = (more: object = {}): ExperimentDocument =>
  experimentSchema.parse({
    name: 'weekly',
    hypothesis: 'A fresher list brings people back.',
    arms: [{ name: 'control' }, { name: 'fresh', weight: 3 }],
    success: [{ metric: 'return_rate[14d]' }],
    horizon_days: 28,
    planned_units: 1000,
    ...more,
  });

const AT = Date.UTC(2026, 10, 24, 6);
const user = (n: number, more: Partial<AssignmentContext> = {}): AssignmentContext => ({
  userId: `user-${n}`,
  at: AT,
  ...more,
});
const armName = (of: ExperimentDocument, context: AssignmentContext): string => {
  const assignment = assign(of, context);
  return assignment.ok ? assignment.arm.name : assignment.reason;
};
const N = 20_000;

describe('the hash', () => {
  it('is even: chi-square of a hundred bins within what chance allows', () => {
    const bins = new Array<number>(100).fill(0);
    for (let n = 0; n < N; n++) bins[Math.floor(100 * fractionOf('salt', `user-${n}`))]! += 1;
    const test = sampleRatioTest(
      bins,
      bins.map(() => 1),
    );
    // One seed in 10,000 of an even hash would fail; this one is fixed.
    expect(test.ok && test.statistic).toBeLessThan(chiSquare.quantile(0.9999, 99));
  });
  it('of two salts is independent: a fourth each of the four quarters', () => {
    const cells = [0, 0, 0, 0];
    for (let n = 0; n < N; n++) {
      cells[(fractionOf('a', `u${n}`) < 0.5 ? 0 : 1) + (fractionOf('b', `u${n}`) < 0.5 ? 0 : 2)]! += 1;
    }
    const test = sampleRatioTest(cells, [1, 1, 1, 1]);
    expect(test.ok && test.pValue).toBeGreaterThan(1e-4);
  });
  it('is written down: other libraries must come to the same', () => {
    expect(fractionOf('experiment weekly', 'ada')).toBe(fractionOf('experiment weekly', 'ada'));
    expect(fractionOf('ab', 'c')).not.toBe(fractionOf('a', 'bc'));
    expect(
      [fractionOf('holdout', 'ada'), fractionOf('experiment weekly', 'ada'), fractionOf('', '日本')].map((f) =>
        Math.round(f * 2 ** 32),
      ),
    ).toMatchInlineSnapshot(`
      [
        2622513765,
        2254103697,
        3463512108,
      ]
    `);
  });
});

describe('assign', () => {
  it('gives arms in their weights, the same again, and holds a share out for good', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < N; n++) {
      const name = armName(document(), user(n));
      expect(armName(document(), user(n, { at: AT + 1e9 }))).toBe(name);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const parts = [counts.get('control')!, counts.get('fresh')!, counts.get('held_out')!];
    const test = sampleRatioTest(parts, [0.25 * (1 - HOLDOUT_SHARE), 0.75 * (1 - HOLDOUT_SHARE), HOLDOUT_SHARE]);
    expect(test.ok && test.pValue).toBeGreaterThan(1e-4);
  });
  it('holds the same users out of every experiment', () => {
    const held = (name: string) =>
      Array.from({ length: 2000 }, (_, n) => n).filter((n) => armName(document({ name }), user(n)) === 'held_out');
    expect(held('a')).toEqual(held('b'));
    expect(held('a').length).toBeGreaterThan(10);
  });
  it('parts a layer: two halves never meet, and two layers are independent', () => {
    const first = document({ name: 'first', part: [0, 0.5] });
    const second = document({ name: 'second', part: [0.5, 1] });
    const other = document({ name: 'third', layer: 'search', part: [0, 0.5] });
    const cells = [0, 0, 0, 0];
    for (let n = 0; n < N; n++) {
      const inFirst = assign(first, user(n)).ok;
      const inSecond = assign(second, user(n)).ok;
      const held = armName(first, user(n)) === 'held_out';
      expect(inFirst && inSecond).toBe(false);
      if (held) continue;
      expect(inFirst || inSecond).toBe(true);
      cells[(inFirst ? 0 : 1) + (assign(other, user(n)).ok ? 0 : 2)]! += 1;
    }
    const test = sampleRatioTest(cells, [1, 1, 1, 1]);
    expect(test.ok && test.pValue).toBeGreaterThan(1e-4);
  });
  it('takes only those who are eligible', () => {
    const of = document({ eligible: { device: ['car'], attributes: { country: ['DE', 'AT'] } } });
    const found = (more: Partial<AssignmentContext>) => armName(of, user(5, more));
    expect(found({ device: 'car', attributes: { country: 'DE' } })).toMatch(/control|fresh/);
    expect(found({ device: 'mobile', attributes: { country: 'DE' } })).toBe('not_eligible');
    expect(found({ attributes: { country: 'DE' } })).toBe('not_eligible');
    expect(found({ device: 'car', attributes: { country: 'FR' } })).toBe('not_eligible');
  });
  it('randomizes sessions, clusters and periods', () => {
    const session = document({ unit: 'session' });
    expect(armName(session, user(1))).toBe('no_unit');
    const bySession = Array.from({ length: 40 }, (_, n) => armName(session, user(1, { sessionId: `s${n}` })));
    expect(new Set(bySession).size).toBeGreaterThan(1);
    const cluster = document({ unit: 'cluster', cluster_by: 'city' });
    const inCity = Array.from({ length: 40 }, (_, n) =>
      armName(cluster, user(n, { attributes: { city: 'Rome' } })),
    ).filter((arm) => arm !== 'held_out');
    expect(new Set(inCity).size).toBe(1);
    const switchback = document({ unit: 'switchback', period_hours: 24 });
    const days = Array.from({ length: 60 }, (_, day) => armName(switchback, user(1, { at: AT + day * 86_400_000 })));
    expect(new Set(days)).toEqual(new Set(['control', 'fresh']));
    expect(armName(switchback, user(1, { at: AT + 3_600_000 }))).toBe(days[0]);
  });
});

describe('the document', () => {
  const issues = (more: object): string[] => {
    const parsed = experimentSchema.safeParse({ ...document(), ...more });
    return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
  };
  it('names the field that is wrong', () => {
    expect(issues({})).toEqual([]);
    expect(issues({ name: 'Not A Name' })).toEqual(['name']);
    expect(issues({ arms: [{ name: 'control' }] })).toEqual(['arms']);
    expect(issues({ arms: [{ name: 'a' }, { name: 'a' }] })).toEqual(['arms']);
    expect(issues({ unit: 'cluster' })).toEqual(['cluster_by']);
    expect(issues({ unit: 'switchback' })).toEqual(['period_hours']);
    expect(issues({ part: [0.5, 0.5] })).toEqual(['part']);
    expect(issues({ success: [{ metric: '' }] })).toEqual(['success.0.metric']);
    expect(issues({ checks: ['novelties'] })).toEqual(['checks.0']);
    expect(issues({ hypothesys: 'x' })).toEqual(['']);
  });
});
