import { expect, it } from 'vitest';
import { createRng } from '#math';
import { analyze } from '../analyze.ts';
import type { UnitData } from './unit-data.ts';

const COUNTRIES = ['de', 'fr', 'us'];
const EFFECTS = [2, 0, -2];

/** Three countries of other levels, in which the change does something else each. */
const world = (): UnitData => {
  const rng = createRng('slices');
  const units = 3000;
  const armOf = Uint8Array.from({ length: units }, () => rng.int(2));
  const before = Float64Array.from({ length: units }, () => rng.normal());
  const y = before.map((x, unit) => 10 * (unit % 3) + x + rng.normal() + EFFECTS[unit % 3]! * armOf[unit]!);
  return {
    arms: ['old', 'new'],
    armOf,
    unitOf: Uint32Array.from({ length: units }, (_, unit) => unit),
    numbers: new Map([
      ['y', y],
      ['before', before],
    ]),
    words: new Map([['country', Array.from({ length: units }, (_, unit) => COUNTRIES[unit % 3]!)]]),
  };
};

it('tell what each part of the population has, also when the whole is weighted by the same parts', () => {
  const metrics = [{ spec: { kind: 'mean', column: 'y' }, role: 'success', better: 'up' }] as const;
  const plan = { metrics, looks: { kind: 'fixed' }, alpha: 0.05, beta: 0.2, slices: ['country'] } as const;
  for (const more of [{}, { covariates: ['before'] }]) {
    const [slices] = analyze(world(), { ...plan, ...more, strata: 'country' }, []).slices;
    for (const [place, { slice, effect }] of slices!.slices.entries()) {
      expect(slice).toBe(COUNTRIES[place]);
      // 500 units an arm and a variance of 2 at most: a standard error of 0.09.
      expect(effect.ok && Math.abs(effect.value - EFFECTS[place]!)).toBeLessThan(0.36);
    }
    expect(slices!.heterogeneity).toBeLessThan(1e-6);
    // The strata change nothing in them.
    expect(slices).toEqual(analyze(world(), { ...plan, ...more }, []).slices[0]);
  }
});
