import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { aipw } from './aipw.ts';
import { eValue } from './e-value.ts';
import { adjustedAssociation, instrumentEffect } from './instrument.ts';

const NONE = { values: [], p: 0 };

describe('an instrument', () => {
  it('by hand (Wald): encouraged 3 of 4 exposed with mean 2, others 1 of 4 with mean 1: an effect of 2', () => {
    const instrument = [1, 1, 1, 1, 0, 0, 0, 0];
    const many = <T>(values: readonly T[]) => Array.from({ length: 20 }, () => values).flat();
    const { effect } = instrumentEffect(
      { outcome: many([3, 2, 2, 1, 2, 1, 1, 0]), exposure: many([1, 1, 1, 0, 1, 0, 0, 0]), covariates: NONE },
      many(instrument),
    );
    expect(effect.ok && effect.value).toBeCloseTo(2, 12);
  });

  it('that does not move the exposure gives no number', () => {
    const rng = createRng('weak');
    const draw = () => Array.from({ length: 200 }, () => rng.normal());
    const { effect, firstStageF } = instrumentEffect({ outcome: draw(), exposure: draw(), covariates: NONE }, draw());
    expect(effect).toEqual({ ok: false, reason: 'weak_instrument' });
    expect(firstStageF).toBeLessThan(10);
  });

  it('says why there is none', () => {
    const three = { outcome: [1, 2, 3], exposure: [1, 0, 1], covariates: NONE };
    expect(instrumentEffect(three, [1, 0, 1]).effect).toEqual({ ok: false, reason: 'few_units' });
    const constant = { outcome: Array(20).fill(1), exposure: Array(20).fill(1), covariates: NONE };
    expect(adjustedAssociation(constant)).toEqual({ ok: false, reason: 'zero_variance' });
    expect(() => instrumentEffect(three, [1])).toThrow(RangeError);
  });
});

describe('AIPW', () => {
  it('covers the effect in 95 % of worlds where the covariates are all there is, and least squares without them does not', () => {
    const WORLDS = 200;
    let [covered, plain] = [0, 0];
    for (let world = 0; world < WORLDS; world++) {
      const rng = createRng(`aipw ${world}`);
      const x = Array.from({ length: 400 }, () => rng.normal());
      const exposure = x.map((value) => Number(rng.next() < 1 / (1 + Math.exp(-value))));
      const outcome = x.map((value, i) => 0.5 * exposure[i]! + value + rng.normal());
      const effect = aipw({ outcome, exposure, covariates: { values: x, p: 1 } });
      const naive = adjustedAssociation({ outcome, exposure, covariates: NONE });
      covered += Number(effect.ok && effect.interval.lower <= 0.5 && 0.5 <= effect.interval.upper);
      plain += Number(naive.ok && naive.interval.lower <= 0.5 && 0.5 <= naive.interval.upper);
    }
    // ±4 standard errors: a right one falls outside in 1 of 16,000.
    expect(Math.abs(covered / WORLDS - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / WORLDS));
    expect(plain / WORLDS).toBeLessThan(0.05);
  });

  it('has no number without people to compare with', () => {
    const x = Array.from({ length: 400 }, (_, i) => (i - 200) / 10);
    const exposure = x.map((value) => Number(value > 0));
    const covariates = { values: x, p: 1 };
    expect(aipw({ outcome: x, exposure, covariates })).toEqual({ ok: false, reason: 'no_overlap' });
    expect(aipw({ outcome: [1, 2], exposure: [0, 1], covariates: NONE })).toEqual({ ok: false, reason: 'few_units' });
  });
});

describe('the E-value', () => {
  const estimate = (value: number, half: number) => ({
    ok: true as const,
    value,
    interval: { lower: value - half, upper: value + half },
    level: 0.95,
    n: 10,
    method: '',
  });

  it('of half a deviation: RR = exp(.455) = 1.576, E = 1.576 + √(1.576 · .576) = 2.529', () => {
    const { value, interval } = eValue(estimate(0.5, 0.1), 1)!;
    expect(value).toBeCloseTo(2.529, 3);
    expect(interval).toBeLessThan(value);
  });

  it('is 1 at the interval that holds no effect, and the same for harm as for good', () => {
    expect(eValue(estimate(0.1, 0.2), 1)!.interval).toBe(1);
    expect(eValue(estimate(-0.5, 0.1), 1)).toEqual(eValue(estimate(0.5, 0.1), 1));
    expect(eValue({ ok: false, reason: 'few_units' }, 1)).toBeUndefined();
  });
});
