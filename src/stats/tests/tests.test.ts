import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, effectTest, relativeDifference } from './effect.ts';
import { benjaminiHochberg, holm } from './multiple.ts';
import { sampleRatioTest, sequentialSampleRatioTest } from './sample-ratio.ts';
import { proportionDifference, proportionTest } from './two-proportions.ts';

describe('difference and its test', () => {
  it('are Welch’s', () => {
    // SciPy 1.17.1: ttest_ind([1,2,3,4,5], [2,4,6,8,10,12], equal_var=False); (17/6)² / (0.5²/4 + (7/3)²/5) = 6.9723.
    const one = { value: 3, variance: 2.5 / 5, df: 4, n: 5 };
    const two = { value: 7, variance: 14 / 6, df: 5, n: 6 };
    const effect = difference(one, two);
    expect(effect.df).toBeCloseTo(6.97226, 5);
    const test = effectTest(effect);
    expect(test).toMatchObject({ ok: true });
    if (!test.ok) return;
    expect(test.statistic).toBeCloseTo(-2.3764, 4);
    expect(test.pValue).toBeCloseTo(0.0492843, 6);
    const less = effectTest(effect, 'less');
    expect(less.ok && less.pValue).toBeCloseTo(test.pValue / 2, 12);
    const greater = effectTest(effect, 'greater');
    expect(greater.ok && greater.pValue).toBeCloseTo(1 - test.pValue / 2, 12);
  });
  it('of what does not vary say so', () => {
    expect(effectTest({ value: 1, variance: 0, df: 3, n: 4 })).toEqual({ ok: false, reason: 'no_variance' });
  });
  it('relative to the base do not depend on the unit of measurement', () => {
    const of = { value: 11, variance: 0.5, df: 50, n: 51 };
    const against = { value: 10, variance: 0.4, df: 40, n: 41 };
    const scaled = (effect: typeof of) => ({ ...effect, value: effect.value * 60, variance: effect.variance * 3600 });
    const plain = relativeDifference(of, against);
    expect(plain.value).toBeCloseTo(0.1, 12);
    expect(relativeDifference(scaled(of), scaled(against)).variance).toBeCloseTo(plain.variance, 12);
    // (0.5 + 1.1² · 0.4) / 100.
    expect(plain.variance).toBeCloseTo(0.00984, 12);
  });
});

describe('two proportions', () => {
  it('have Newcombe’s interval', () => {
    // [Newcombe1998], table II, method 10: 56/70 - 48/80: 0.0524 to 0.3339; 10/10 - 0/10: 0.6075 to 1 (0.7225 to 1 by others).
    const estimate = proportionDifference({ successes: 56, n: 70 }, { successes: 48, n: 80 });
    if (!estimate.ok) throw new Error(estimate.reason);
    expect(estimate.interval.lower).toBeCloseTo(0.0524, 4);
    expect(estimate.interval.upper).toBeCloseTo(0.3339, 4);
  });
  it('are tested by the pooled z, whose square is the chi-square of the table', () => {
    const test = proportionTest({ successes: 56, n: 70 }, { successes: 48, n: 80 });
    if (!test.ok) throw new Error(test.reason);
    // 150 (56·32 - 14·48)² / (70·80·104·46).
    expect(test.statistic ** 2).toBeCloseTo((150 * (56 * 32 - 14 * 48) ** 2) / (70 * 80 * 104 * 46), 10);
    expect(proportionTest({ successes: 0, n: 5 }, { successes: 0, n: 5 })).toEqual({
      ok: false,
      reason: 'no_variance',
    });
    expect(proportionTest({ successes: 0, n: 0 }, { successes: 0, n: 5 })).toEqual({ ok: false, reason: 'no_units' });
  });
});

describe('adjusted p-values', () => {
  it('agree with R’s p.adjust', () => {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02; "BH" = 0.02 0.04 0.04 0.02.
    const p = [0.01, 0.04, 0.03, 0.005];
    expect(holm(p).map((value) => Number(value.toFixed(10)))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(benjaminiHochberg(p).map((value) => Number(value.toFixed(10)))).toEqual([0.02, 0.04, 0.04, 0.02]);
    expect(() => holm([1.2])).toThrow(RangeError);
    expect(holm([])).toEqual([]);
  });
  it('are never below the raw ones, keep their order, and Holm is never below BH', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (p) => {
        const h = holm(p);
        const bh = benjaminiHochberg(p);
        for (const [i, one] of p.entries()) {
          expect(bh[i]!).toBeGreaterThanOrEqual(one - 1e-12);
          expect(h[i]!).toBeGreaterThanOrEqual(bh[i]! - 1e-12);
          expect(h[i]!).toBeLessThanOrEqual(1);
          for (const [j, other] of p.entries()) if (one < other) expect(h[i]!).toBeLessThanOrEqual(h[j]! + 1e-12);
        }
      }),
      { seed: 21 },
    );
  });
});

describe('sample ratio', () => {
  it('is Pearson’s chi-square against the shares', () => {
    // Cookie Cats: 44,700 and 45,489 where halves were meant: 2 · 394.5² / 45094.5.
    const test = sampleRatioTest([44_700, 45_489], [0.5, 0.5]);
    if (!test.ok) throw new Error(test.reason);
    expect(test.statistic).toBeCloseTo(6.9024, 4);
    expect(test.pValue).toBeCloseTo(0.00861, 5);
    expect(sampleRatioTest([10, 20], [1, 2])).toMatchObject({ ok: true, statistic: 0, pValue: 1 });
    expect(sampleRatioTest([0, 0], [1, 1])).toEqual({ ok: false, reason: 'no_units' });
    expect(sampleRatioTest([4], [1])).toEqual({ ok: false, reason: 'one_arm' });
    expect(() => sampleRatioTest([1, 2], [1])).toThrow(RangeError);
    expect(() => sampleRatioTest([1, 2], [1, 0])).toThrow(RangeError);
  });
  it('asked after every unit is a Bayes factor worked out by hand', () => {
    // One unit in the first of two equal arms: the mixture's chance is 50/100, that of the shares 1/2.
    const one = sequentialSampleRatioTest([1, 0], [1, 1]);
    expect(one.ok && one.statistic).toBeCloseTo(1, 10);
    // Two in the same: (50/100)(51/101) against 1/4.
    const two = sequentialSampleRatioTest([2, 0], [1, 1]);
    expect(two.ok && two.statistic).toBeCloseTo((0.5 * 51) / 101 / 0.25, 10);
    const far = sequentialSampleRatioTest([5000, 6000], [1, 1]);
    expect(far.ok && far.pValue).toBeLessThan(1e-10);
  });
});
