import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { detectableEffect, powerOf, unitsNeeded } from '../design/power.ts';
import { Moments } from '../moments.ts';
import { PairMoments } from '../pair-moments.ts';
import { crossFittedPrediction } from './cross-fitted-prediction.ts';
import { cupedSlope } from './cuped.ts';
import { shrinkEffects } from './shrinkage.ts';
import { trimmedMean, winsorCap } from './tails.ts';

describe('CUPED', () => {
  it('leaves 1 - ρ² of the variance', () => {
    const rng = createRng(31);
    const pairs = new PairMoments();
    const x = Float64Array.from({ length: 4000 }, () => rng.normal());
    const y = x.map((value) => 2 * value + rng.normal());
    for (const [i, value] of x.entries()) pairs.add(value, y[i]!);
    const slope = cupedSlope([pairs])!;
    const left = Moments.of(y.map((value, i) => value - slope * (x[i]! - pairs.meanX)));
    // An identity of least squares, not an approximation.
    expect(left.variance / pairs.varianceY).toBeCloseTo(1 - pairs.correlation ** 2, 10);
  });
  it('takes the slope within arms, so that an effect does not move it', () => {
    const arms = [new PairMoments(), new PairMoments()];
    for (let i = 0; i < 10; i++) {
      arms[0]!.add(i, 3 * i);
      arms[1]!.add(i + 100, 3 * i + 1e6);
    }
    expect(cupedSlope(arms)).toBeCloseTo(3, 10);
    const still = new PairMoments();
    still.add(1, 2);
    still.add(1, 3);
    expect(cupedSlope([still])).toBeUndefined();
  });
});

describe('the cross-fitted prediction', () => {
  const rng = createRng(32);
  const n = 3000;
  const x = Float64Array.from({ length: n }, () => rng.normal());
  const folds = Uint8Array.from({ length: n }, () => rng.int(5));

  it('follows a bend that a slope cannot', () => {
    const y = x.map((value) => value * value + 0.3 * rng.normal());
    const prediction = crossFittedPrediction(y, [x], folds, 5);
    const straight = new PairMoments();
    const bent = new PairMoments();
    for (let i = 0; i < n; i++) {
      straight.add(x[i]!, y[i]!);
      bent.add(prediction[i]!, y[i]!);
    }
    expect(straight.correlation ** 2).toBeLessThan(0.05);
    expect(bent.correlation ** 2).toBeGreaterThan(0.6);
  });
  it('of noise predicts nothing: no unit was learned from itself', () => {
    const y = x.map(() => rng.normal());
    const prediction = crossFittedPrediction(y, [x], folds, 5);
    const pairs = new PairMoments();
    for (let i = 0; i < n; i++) pairs.add(prediction[i]!, y[i]!);
    // |r| of independent columns is below 4/√n but for 1 seed in 16,000; learning from oneself would push it up.
    expect(pairs.correlation).toBeLessThan(4 / Math.sqrt(n));
  });
  it('lets covariates be missing', () => {
    const holes = x.map((value, i) => (i % 3 === 0 ? Number.NaN : value));
    const y = x.map((value, i) => (i % 3 === 0 ? 5 : value));
    const prediction = crossFittedPrediction(y, [holes], folds, 5);
    expect(prediction.every(Number.isFinite)).toBe(true);
    expect(Math.abs(prediction[0]! - 5)).toBeLessThan(0.1);
  });
  it('refuses columns of different lengths', () => {
    expect(() => crossFittedPrediction(x, [x.slice(1)], folds, 5)).toThrow(RangeError);
  });
});

describe('tails', () => {
  it('are cut at a quantile of all values', () => {
    expect(winsorCap([1, 2, 3, 4, 100], 0.75)).toBe(4);
  });
  it('trimmed by hand', () => {
    // 1 2 3 4 100, 20 % off each end: mean of 2 3 4; winsorized 2 2 3 4 4: squares 4; 4 / (3 · 2).
    const trimmed = trimmedMean([100, 3, 1, 2, 4], 0.2)!;
    expect(trimmed.mean).toBe(3);
    expect(trimmed.variance).toBeCloseTo(4 / 6, 12);
    expect(trimmed.kept).toBe(3);
    expect(trimmedMean([1], 0)).toBeUndefined();
    expect(() => trimmedMean([1, 2], 0.5)).toThrow(RangeError);
  });
});

describe('shrinkage', () => {
  const at = (value: number, variance: number) => ({ value, variance, df: 100, n: 100 });
  it('pulls noise together and leaves real differences', () => {
    const noise = shrinkEffects([at(1, 1), at(-1, 1), at(0.5, 1), at(-0.5, 1), at(0, 1)])!;
    expect(noise.spread).toBe(0);
    expect(noise.pValue).toBeGreaterThan(0.5);
    const first = noise.groups[0]!;
    expect(first.ok && first.value).toBeCloseTo(0.5, 10);
    const real = shrinkEffects([at(10, 0.01), at(-10, 0.01), at(5, 0.01), at(-5, 0.01), at(0, 0.01)])!;
    expect(real.pValue).toBeLessThan(1e-10);
    const kept = real.groups[0]!;
    expect(kept.ok && kept.value).toBeCloseTo(10, 1);
  });
  it('needs three groups with variance', () => {
    expect(shrinkEffects([at(1, 1), at(2, 1)])).toBeUndefined();
    expect(shrinkEffects([at(1, 1), at(2, 0), at(3, 1)])).toBeUndefined();
  });
});

describe('power', () => {
  const design = { variance: 1, shares: [0.5, 0.5] as const, alpha: 0.05, sides: 2 as const };
  it('of the textbook: 63 an arm for half a standard deviation at 80 %', () => {
    // 2 (1.959964 + 0.841621)² / 0.25 = 62.79 an arm.
    expect(unitsNeeded(design, 0.5, 0.8)).toBe(126);
    expect(unitsNeeded(design, 0, 0.8)).toBe(Number.POSITIVE_INFINITY);
  });
  it('its three questions undo each other', () => {
    const effect = detectableEffect(design, 1000, 0.9);
    expect(powerOf(design, effect, 1000)).toBeCloseTo(0.9, 10);
    expect(unitsNeeded(design, effect, 0.9)).toBe(1000);
    expect(powerOf(design, 0, 1000)).toBeCloseTo(0.025, 10);
  });
});
