/** One listener, days that drew their arms by chance: the test by the design holds its error with as few as ten of them. */

import { describe, expect, it } from 'vitest';
import { switchbackTest } from '#experiments';
import { createRng } from '#math';

const WORLDS = 2000;
const PERIODS = 10;
const EFFECT = 1.5;

/** Skewed days of one listener; the second arm adds `effect`. */
const test = (world: number, effect: number) => {
  const rng = createRng('switchback').derive(world);
  const periods = Array.from({ length: PERIODS }, () => {
    const arm = rng.int(2);
    return { user: 'ada', arm, value: Math.exp(rng.normal()) + effect * arm };
  });
  return switchbackTest(periods, ['old', 'new'], 1, { weights: [1, 1], alpha: 0.05 });
};

describe('the randomization test of a switchback', () => {
  it('alarms falsely no more often than it says, and holds the effect in its interval', () => {
    let tested = 0;
    let alarms = 0;
    let covered = 0;
    for (let world = 0; world < WORLDS; world++) {
      const { pValue, effect } = test(world, EFFECT);
      if (pValue === null || !effect.ok) continue;
      tested++;
      if (effect.interval.lower <= EFFECT && EFFECT <= effect.interval.upper) covered++;
      if (test(world, 0).pValue! <= 0.05) alarms++;
    }
    // Only worlds whose ten days drew one arm are not tested: two in 1,024.
    expect(tested).toBeGreaterThan(WORLDS - 20);
    // An exact test is at or below its level: 0.05 + 4 · √(0.05 · 0.95 / 2000), a wrong alarm about once in 30,000 seeds.
    expect(alarms / tested).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / WORLDS));
    expect(alarms / tested).toBeGreaterThan(0.02);
    expect(covered / tested).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.05 * 0.95) / WORLDS));
  });

  it('finds a large effect on thirty days, by draws made at random', () => {
    const rng = createRng('thirty');
    const periods = Array.from({ length: 30 }, (_, day) => ({
      user: day < 15 ? 'ada' : 'bea',
      arm: rng.int(2),
      value: 0,
    })).map((period) => ({ ...period, value: 2 * period.arm + rng.normal() + (period.user === 'bea' ? 40 : 0) }));
    const { pValue, exact, effect, draws } = switchbackTest(periods, ['old', 'new'], 1, {
      weights: [1, 1],
      alpha: 0.05,
    });
    expect({ exact, draws }).toEqual({ exact: false, draws: 10_000 });
    expect(pValue).toBeLessThan(0.001);
    // The level of each listener is not in it: 40 apart, and the interval is two wide.
    expect(effect.ok && effect.interval.lower).toBeGreaterThan(0.5);
    expect(effect.ok && effect.interval.upper).toBeLessThan(4);
  });

  it('says when there is nothing to compare', () => {
    const same = Array.from({ length: 5 }, (_, n) => ({ user: 'ada', arm: 0, value: n }));
    expect(switchbackTest(same, ['old', 'new'], 1, { weights: [1, 1], alpha: 0.05 })).toMatchObject({
      pValue: null,
      effect: { ok: false, reason: 'one_arm_a_user' },
    });
  });
});
