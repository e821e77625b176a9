import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { kaplanMeier, survivalQuantile } from './kaplan-meier.ts';
import { quantileInfluence } from './quantile-influence.ts';

describe('a quantile of durations, linearized', () => {
  it('is that of Kaplan–Meier, and what moves it sums to nothing', () => {
    const rng = createRng(4);
    const durations = Float64Array.from({ length: 400 }, () => -Math.log(1 - rng.next()));
    const ended = Uint8Array.from(durations, () => Number(rng.next() < 0.8));
    const clusters = Uint32Array.from(durations, (_, i) => i % 50);
    const found = quantileInfluence({ durations, ended, clusters }, 0.5)!;
    const curve = survivalQuantile(kaplanMeier({ durations, ended }));
    expect(curve.ok && curve.value).toBe(found.value);
    expect(found.moved).toHaveLength(50);
    expect(found.moved.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 12);
    // A cluster of none is unknown.
    const gap = quantileInfluence({ durations, ended, clusters: clusters.map((one) => one + 1) }, 0.5)!;
    expect(gap.moved[0]).toBeNaN();
  });

  it('without censoring strays as a sample quantile does', () => {
    // Exponential, n = 4000: the standard error of the median is 0.5 / (f √n) with f = 1/2 at it, so 1 / √n = 0.0158.
    const rng = createRng(9);
    const durations = Float64Array.from({ length: 4000 }, () => -Math.log(1 - rng.next()));
    const found = quantileInfluence(
      { durations, ended: new Uint8Array(4000).fill(1), clusters: durations.map((_, i) => i) },
      0.5,
    )!;
    expect(Math.sqrt(found.moved.reduce((sum, one) => sum + one * one, 0))).toBeCloseTo(1 / Math.sqrt(4000), 2);
  });

  it('is not told where the curve does not come down to it', () => {
    const few = { durations: [1, 2, 3, 4], ended: [1, 0, 0, 0], clusters: [0, 1, 2, 3] };
    expect(quantileInfluence(few, 0.5)).toBeUndefined();
    expect(quantileInfluence(few, 0.25)!.value).toBe(1);
  });
});
