import { describe, expect, it } from 'vitest';
import { BernsteinSequence } from './bernstein-sequence.ts';
import { classicBounds, crossingProbabilities, inflationFactor, spendingBounds } from './group-sequential.ts';
import { mixtureEstimate, mixtureTest, mixtureVariance } from './mixture-sequence.ts';
import { SPENDING_FUNCTIONS } from './spending.ts';

const rounded = (values: readonly number[], digits = 3): number[] =>
  values.map((value) => Number(value.toFixed(digits)));

describe('classic bounds, two-sided, to three decimals', () => {
  /** [Jennison2000], tables 2.1 (Pocock) and 2.3 (O'Brien and Fleming): the constant for 1 to 10 looks. */
  const POCOCK = {
    0.1: [1.645, 1.875, 1.992, 2.067, 2.122, 2.164, 2.197, 2.225, 2.249, 2.27],
    0.05: [1.96, 2.178, 2.289, 2.361, 2.413, 2.453, 2.485, 2.512, 2.535, 2.555],
    0.01: [2.576, 2.772, 2.873, 2.939, 2.986, 3.023, 3.053, 3.078, 3.099, 3.117],
  };
  const OBRIEN_FLEMING = {
    0.1: [1.645, 1.678, 1.71, 1.733, 1.751, 1.765, 1.776, 1.786, 1.794, 1.801],
    0.05: [1.96, 1.977, 2.004, 2.024, 2.04, 2.053, 2.063, 2.072, 2.08, 2.087],
    0.01: [2.576, 2.58, 2.595, 2.609, 2.621, 2.631, 2.64, 2.648, 2.654, 2.66],
  };
  it.each([0.1, 0.05, 0.01] as const)('at alpha %s', (alpha) => {
    const constants = (name: 'pocock' | 'obrien-fleming') =>
      rounded(Array.from({ length: 10 }, (_, i) => classicBounds(name, i + 1, alpha).at(-1)!));
    // The tables round the third decimal; a constant next to x.xxx5 may stand on either side.
    for (const [i, value] of constants('pocock').entries())
      expect(Math.abs(value - POCOCK[alpha][i]!)).toBeLessThan(0.0011);
    for (const [i, value] of constants('obrien-fleming').entries()) {
      expect(Math.abs(value - OBRIEN_FLEMING[alpha][i]!)).toBeLessThan(0.0011);
    }
    expect(constants('pocock').filter((value, i) => value === POCOCK[alpha][i]).length).toBeGreaterThanOrEqual(9);
    expect(
      constants('obrien-fleming').filter((value, i) => value === OBRIEN_FLEMING[alpha][i]).length,
    ).toBeGreaterThanOrEqual(9);
  });

  it('fall as 1/√k for O’Brien and Fleming, and stand still for Pocock', () => {
    const [first, second] = classicBounds('obrien-fleming', 4, 0.05);
    expect(first! / second!).toBeCloseTo(Math.SQRT2, 9);
    expect(new Set(rounded(classicBounds('pocock', 4, 0.05))).size).toBe(1);
  });
});

describe('spending bounds of Lan and DeMets', () => {
  const five = [0.2, 0.4, 0.6, 0.8, 1];
  it('agree with the published bounds for five looks, two-sided 0.05', () => {
    // [Reboussin2000], the program of Lan and DeMets: 4.8769, 3.3569, 2.6803, 2.2898, 2.0310 and 2.438, 2.427, 2.410, 2.397, 2.386.
    expect(rounded(spendingBounds({ fractions: five, alpha: 0.05, sides: 2 }, 'obrien-fleming').bounds)).toEqual([
      4.877, 3.357, 2.68, 2.29, 2.031,
    ]);
    expect(rounded(spendingBounds({ fractions: five, alpha: 0.05, sides: 2 }, 'pocock').bounds)).toEqual([
      2.438, 2.427, 2.41, 2.397, 2.386,
    ]);
  });

  it('spend exactly what the function allows, whatever the looks', () => {
    for (const fractions of [
      [1],
      [0.3, 0.31, 1],
      [0.05, 0.5, 0.9, 1],
      Array.from({ length: 28 }, (_, i) => (i + 1) / 28),
    ]) {
      for (const spending of ['obrien-fleming', 'pocock', 'power'] as const) {
        const { bounds, spent } = spendingBounds({ fractions, alpha: 0.05, sides: 2 }, spending);
        expect(spent.at(-1)).toBeCloseTo(0.05, 10);
        const crossed = crossingProbabilities(fractions, bounds, 0, 2).reduce((sum, one) => sum + one, 0);
        expect(2 * crossed).toBeCloseTo(0.05, 6);
      }
    }
  });

  it('of one look are the fixed test', () => {
    expect(spendingBounds({ fractions: [1], alpha: 0.05, sides: 2 }, 'pocock').bounds[0]).toBeCloseTo(1.959964, 6);
    expect(spendingBounds({ fractions: [1], alpha: 0.05, sides: 1 }, 'pocock').bounds[0]).toBeCloseTo(1.644854, 6);
  });

  it('refuse looks that do not rise', () => {
    expect(() => spendingBounds({ fractions: [0.5, 0.5], alpha: 0.05, sides: 2 }, 'pocock')).toThrow(RangeError);
    expect(() => spendingBounds({ fractions: [0.5, 1.1], alpha: 0.05, sides: 2 }, 'pocock')).toThrow(RangeError);
    expect(() => spendingBounds({ fractions: [], alpha: 0.05, sides: 2 }, 'pocock')).toThrow(RangeError);
  });

  it('cost units: the factors of [Jennison2000], tables 2.2 and 2.4, five looks, power 0.8', () => {
    const fixed = 1.959964 + 0.841621;
    expect(inflationFactor(five, classicBounds('pocock', 5, 0.05), 2, fixed, 0.8)).toBeCloseTo(1.229, 3);
    expect(inflationFactor(five, classicBounds('obrien-fleming', 5, 0.05), 2, fixed, 0.8)).toBeCloseTo(1.028, 3);
  });

  it('functions start at nothing and end at alpha', () => {
    for (const spend of Object.values(SPENDING_FUNCTIONS)) {
      expect(spend(0, 0.05)).toBe(0);
      expect(spend(1, 0.05)).toBeCloseTo(0.05, 12);
    }
  });
});

describe('the mixture sequence', () => {
  const effect = { value: 0.3, variance: 0.01, df: 1000, n: 1000 };
  it('excludes 0 exactly when its p-value is below alpha', () => {
    for (const value of [0.1, 0.25, 0.28, 0.3, 0.4]) {
      const of = { ...effect, value };
      const tau2 = mixtureVariance(0.01, 0.05);
      const interval = mixtureEstimate(of, tau2);
      const test = mixtureTest(of, tau2);
      if (!(interval.ok && test.ok)) throw new Error('no result');
      expect(test.pValue < 0.05).toBe(interval.interval.lower > 0);
    }
  });
  it('is wider than the fixed interval by some 55 % where it is tuned to, more elsewhere', () => {
    const half = (variance: number): number => {
      const estimate = mixtureEstimate({ ...effect, variance }, mixtureVariance(0.01, 0.05));
      if (!estimate.ok) throw new Error(estimate.reason);
      return (estimate.interval.upper - estimate.value) / (1.96 * Math.sqrt(variance));
    };
    expect(half(0.01)).toBeGreaterThan(1.5);
    expect(half(0.01)).toBeLessThan(1.6);
    expect(half(0.1)).toBeGreaterThan(half(0.01));
    expect(half(0.0001)).toBeGreaterThan(half(0.01));
  });
  it('says why there is none', () => {
    expect(mixtureTest({ ...effect, variance: 0 }, 1)).toEqual({ ok: false, reason: 'no_variance' });
    expect(mixtureEstimate({ ...effect, value: Number.NaN }, 1)).toEqual({ ok: false, reason: 'not_finite' });
  });
});

describe('BernsteinSequence', () => {
  it('narrows around the mean, in the units of the range, and never widens', () => {
    const sequence = new BernsteinSequence({ range: [0, 10] });
    expect(sequence.estimate()).toEqual({ ok: false, reason: 'no_units' });
    let before = 10;
    for (let i = 0; i < 4000; i++) {
      sequence.add(i % 2 === 0 ? 4 : 6);
      const estimate = sequence.estimate();
      if (!estimate.ok) throw new Error(estimate.reason);
      const width = estimate.interval.upper - estimate.interval.lower;
      expect(width).toBeLessThanOrEqual(before + 1e-12);
      before = width;
    }
    expect(sequence.estimate()).toMatchObject({ ok: true, value: 5, n: 4000 });
    expect(before).toBeLessThan(0.5);
    expect(() => sequence.add(11)).toThrow(RangeError);
  });
});
