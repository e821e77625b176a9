import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Moments } from './moments.ts';
import { PairMoments } from './pair-moments.ts';
import { quantile, sorted } from './quantile.ts';
import { compensatedSum } from './sums.ts';
import { WeightedMoments } from './weighted-moments.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('compensatedSum', () => {
  it('keeps what a plain sum loses', () => {
    expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
    expect([1, 1e100, 1, -1e100].reduce((sum, value) => sum + value, 0)).toBe(0);
    expect(compensatedSum([])).toBe(0);
    expect(compensatedSum([Number.POSITIVE_INFINITY, 1])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('Moments', () => {
  it('are those of the textbook', () => {
    // Mean 5; deviations 9+1+1+1+0+0+4+16 = 32; 32/7.
    const moments = Moments.of([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(moments.n).toBe(8);
    expect(moments.mean).toBe(5);
    expect(moments.variance).toBeCloseTo(32 / 7, 12);
    expect(moments.meanVariance).toBeCloseTo(32 / 56, 12);
  });

  it('do not cancel far from zero', () => {
    expect(Moments.of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance).toBeCloseTo(30, 6);
  });

  it('of too few values are not numbers', () => {
    expect(new Moments().mean).toBeNaN();
    expect(Moments.of([3]).variance).toBeNaN();
  });

  it('merge to the moments of all values', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 30 }), fc.array(number, { maxLength: 30 }), (left, right) => {
        const merged = Moments.of(left);
        merged.merge(Moments.of(right));
        const whole = Moments.of([...left, ...right]);
        expect(merged.n).toBe(whole.n);
        if (whole.n > 0) expect(merged.mean).toBeCloseTo(whole.mean, 5);
        expect(Math.abs(merged.squares - whole.squares)).toBeLessThanOrEqual(1e-9 * (1 + whole.squares));
      }),
      { seed: 12 },
    );
  });
});

describe('PairMoments', () => {
  it('merge to those of all pairs and agree with moments of each side', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 30 }), fc.nat(30), (pairs, cut) => {
        const parts = [pairs.slice(0, cut), pairs.slice(cut)].map((part) => {
          const moments = new PairMoments();
          for (const [x, y] of part) moments.add(x, y);
          return moments;
        });
        const merged = new PairMoments();
        for (const part of parts) merged.merge(part);
        const x = Moments.of(pairs.map((pair) => pair[0]));
        const y = Moments.of(pairs.map((pair) => pair[1]));
        expect(merged.meanX).toBeCloseTo(x.mean, 5);
        expect(Math.abs(merged.squaresY - y.squares)).toBeLessThanOrEqual(1e-9 * (1 + y.squares));
        const sum = Moments.of(pairs.map(([a, b]) => a + b));
        // var(x + y) = var x + var y + 2 cov.
        const whole = merged.varianceX + merged.varianceY + 2 * merged.covariance;
        expect(Math.abs(whole - sum.variance)).toBeLessThanOrEqual(1e-7 * (1 + merged.varianceX + merged.varianceY));
      }),
      { seed: 13 },
    );
  });

  it('know no correlation when one side does not vary', () => {
    const moments = new PairMoments();
    moments.add(1, 2);
    moments.add(1, 5);
    expect(moments.correlation).toBeNaN();
  });
});

describe('WeightedMoments', () => {
  it('with equal weights are the plain ones, whatever the scale', () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 2, maxLength: 30 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (values, weight) => {
          const weighted = new WeightedMoments();
          for (const value of values) weighted.add(value, weight);
          const plain = Moments.of(values);
          const scale = 1 + plain.variance;
          expect(weighted.mean).toBeCloseTo(plain.mean, 5);
          expect(Math.abs(weighted.variance - plain.variance) / scale).toBeLessThan(1e-7);
          expect(Math.abs(weighted.meanVariance - plain.meanVariance) / scale).toBeLessThan(1e-7);
          expect(weighted.effectiveN).toBeCloseTo(values.length, 6);
        },
      ),
      { seed: 14 },
    );
  });

  it('are those worked out by hand', () => {
    // Values 0, 1, 4, weights 1, 2, 1: mean 6/4; squares 2.25 + 0.5 + 6.25 = 9; Σw²(x-m)² = 2.25 + 1 + 6.25 = 9.5.
    const moments = new WeightedMoments();
    moments.add(0, 1);
    moments.add(1, 2);
    moments.add(4, 1);
    moments.add(99, 0);
    expect(moments.n).toBe(3);
    expect(moments.mean).toBeCloseTo(1.5, 12);
    expect(moments.squares).toBeCloseTo(9, 12);
    expect(moments.effectiveN).toBeCloseTo(16 / 6, 12);
    expect(moments.meanVariance).toBeCloseTo(((9.5 / 16) * 3) / 2, 12);
    expect(() => moments.add(1, -1)).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it('interpolates as definition 7', () => {
    const values = sorted([4, 1, 3, 2]);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 0.5)).toBe(2.5);
    expect(quantile(values, 0.9)).toBeCloseTo(3.7, 12);
    expect(quantile(values, 1)).toBe(4);
    expect(quantile([], 0.5)).toBeNaN();
    expect(() => quantile(values, 1.1)).toThrow(RangeError);
  });
});
