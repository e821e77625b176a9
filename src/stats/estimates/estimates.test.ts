import { describe, expect, it } from 'vitest';
import type { Estimate } from '#domain';
import { createRng } from '#math';
import { PairMoments } from '../pair-moments.ts';
import { sorted } from '../quantile.ts';
import { WeightedMoments } from '../weighted-moments.ts';
import { bootstrapEstimate } from './bootstrap.ts';
import { boundedMeanEstimate } from './empirical-bernstein.ts';
import { meanEstimate } from './mean.ts';
import { exactProportionEstimate, proportionEstimate } from './proportion.ts';
import { quantileEstimate } from './quantile-estimate.ts';
import { ratioEstimate } from './ratio.ts';
import { weightedMeanEstimate } from './weighted-mean.ts';

const interval = (estimate: Estimate): readonly [number, number] => {
  if (!estimate.ok) throw new Error(estimate.reason);
  return [estimate.interval.lower, estimate.interval.upper];
};

const near = (estimate: Estimate, lower: number, upper: number, digits = 6): void => {
  const [low, high] = interval(estimate);
  expect(low).toBeCloseTo(lower, digits);
  expect(high).toBeCloseTo(upper, digits);
};

describe('meanEstimate', () => {
  it('is the t interval', () => {
    // Mean 2.5, s² = 5/3, t(.975, 3) = 3.182446305: half = 3.182446 · √(5/12).
    near(meanEstimate([1, 2, 3, 4]), 2.5 - 2.05426, 2.5 + 2.05426, 5);
  });
  it('of nothing and of one says why there is none', () => {
    expect(meanEstimate([])).toEqual({ ok: false, reason: 'no_units' });
    expect(meanEstimate([1])).toEqual({ ok: false, reason: 'one_unit' });
  });
  it('refuses what is not a number and a level outside (0, 1)', () => {
    expect(meanEstimate([1, Number.NaN])).toEqual({ ok: false, reason: 'not_finite' });
    expect(() => meanEstimate([1, 2], { level: 95 })).toThrow(RangeError);
  });
});

describe('proportionEstimate', () => {
  it('is Wilson’s interval', () => {
    // 3 of 10: (0.3 + 0.19207 ± 1.96·√(0.021 + 0.0096036)) / 1.38415.
    near(proportionEstimate(3, 10), 0.107791, 0.603222);
    near(proportionEstimate(0, 10), 0, 0.277533);
    expect(interval(proportionEstimate(10, 10))[1]).toBe(1);
    expect(proportionEstimate(0, 0)).toEqual({ ok: false, reason: 'no_units' });
    expect(() => proportionEstimate(11, 10)).toThrow(RangeError);
  });
  it('has an exact, wider sister', () => {
    near(exactProportionEstimate(3, 10), 0.0667395, 0.6524529);
    // None of 10: 1 - 0.025^(1/10).
    near(exactProportionEstimate(0, 10), 0, 1 - 0.025 ** 0.1);
  });
});

describe('ratioEstimate', () => {
  it('keeps the dependence of numerator and denominator', () => {
    const pairs = new PairMoments();
    for (const [x, y] of [
      [1, 2],
      [2, 4],
      [5, 10],
    ] as const)
      pairs.add(x, y);
    // y = 2x exactly: the ratio does not vary.
    const estimate = ratioEstimate(pairs);
    expect(estimate).toMatchObject({ ok: true, value: 2, n: 3 });
    const [low, high] = interval(estimate);
    expect(high - low).toBeLessThan(1e-6);
  });
  it('without a denominator has no value', () => {
    const pairs = new PairMoments();
    pairs.add(0, 1);
    pairs.add(0, 2);
    expect(ratioEstimate(pairs)).toEqual({ ok: false, reason: 'zero_denominator' });
  });
});

describe('weightedMeanEstimate', () => {
  it('says when one weight drowns the rest', () => {
    const moments = new WeightedMoments();
    moments.add(1, 1e6);
    moments.add(2, 1);
    expect(weightedMeanEstimate(moments)).toEqual({ ok: false, reason: 'one_effective_unit' });
  });
});

describe('quantileEstimate', () => {
  it('lies between order statistics', () => {
    // n = 100, median: P(X ≤ 39) = 0.0176, so ranks 40 and 61 cover 0.9648 [tables of the sign test].
    const values = sorted(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(interval(quantileEstimate(values, 0.5))).toEqual([40, 61]);
  });
  it('of an extreme quantile of few values has no interval', () => {
    expect(quantileEstimate([1, 2, 3], 0.99)).toEqual({ ok: false, reason: 'too_few_units' });
    expect(quantileEstimate([], 0.5)).toEqual({ ok: false, reason: 'no_units' });
  });
});

describe('boundedMeanEstimate', () => {
  it('is the bound of Maurer and Pontil, inside the range', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 0.4 : 0.6));
    // s² = 0.01·1000/999; ln(4/0.05) = 4.382027; √(2·0.01001001·4.382027/1000) + 7·4.382027/(3·999).
    const half = Math.sqrt((2 * (10 / 999) * Math.log(80)) / 1000) + (7 * Math.log(80)) / (3 * 999);
    near(boundedMeanEstimate(values, { range: [0, 1] }), 0.5 - half, 0.5 + half, 12);
    expect(boundedMeanEstimate([2], { range: [0, 1] })).toEqual({ ok: false, reason: 'out_of_range' });
  });
});

describe('bootstrapEstimate', () => {
  const rng = createRng(3);
  const values = Array.from({ length: 200 }, () => rng.normal());
  const mean = (indices: Uint32Array): number => indices.reduce((sum, i) => sum + values[i]!, 0) / indices.length;

  it('is near the t interval for a mean, and the same for the same seed', () => {
    const [low, high] = interval(meanEstimate(values));
    const estimate = bootstrapEstimate(200, mean, createRng(4), { resamples: 4000 });
    // Ends of 4,000 draws have a standard error near 0.04 of the standard error of the mean, here 0.07.
    near(estimate, low, high, 1);
    expect(Math.abs(interval(estimate)[0] - low)).toBeLessThan(0.015);
    expect(bootstrapEstimate(200, mean, createRng(4), { resamples: 4000 })).toEqual(estimate);
    expect(bootstrapEstimate(200, mean, createRng(5), { resamples: 4000 })).not.toEqual(estimate);
  });

  it('moves to the right for a statistic skewed to the right', () => {
    const heavy = values.map((value) => Math.exp(2 * value));
    const heavyMean = (indices: Uint32Array): number => indices.reduce((sum, i) => sum + heavy[i]!, 0) / indices.length;
    const percentile = interval(bootstrapEstimate(200, heavyMean, createRng(6), { interval: 'percentile' }));
    const bca = interval(bootstrapEstimate(200, heavyMean, createRng(6), { interval: 'bca' }));
    expect(bca[0]).toBeGreaterThan(percentile[0]);
    expect(bca[1]).toBeGreaterThan(percentile[1]);
  });

  it('says why there is none', () => {
    expect(bootstrapEstimate(0, mean, rng)).toEqual({ ok: false, reason: 'no_units' });
    expect(bootstrapEstimate(1, mean, rng)).toEqual({ ok: false, reason: 'one_unit' });
    expect(bootstrapEstimate(5, () => Number.NaN, rng)).toEqual({ ok: false, reason: 'not_finite' });
    const onlyWhole = (indices: Uint32Array): number => (new Set(indices).size === indices.length ? 1 : Number.NaN);
    expect(bootstrapEstimate(5, onlyWhole, rng)).toEqual({ ok: false, reason: 'undefined_in_resamples' });
  });
});
