import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { proxyCorrelation, proxyWeights } from './proxy-weights.ts';

const rounded = (values: ArrayLike<number> | undefined) =>
  Array.from(values ?? [], (value) => Number(value.toFixed(4)));

describe('proxy weights', () => {
  const moments = {
    proxies: Float64Array.of(1, 0.5, 0.5, 1),
    withOutcome: Float64Array.of(0.6, 0.2),
    noise: Float64Array.of(4, 0, 0, 1),
  };

  it('are the golden ones, and turn over with the size of the test', () => {
    expect(rounded(proxyWeights(moments, 1))).toEqual([0.6111, 0.3889]);
    expect(rounded(proxyWeights(moments, 10))).toEqual([0.9655, -0.0345]);
    expect(rounded(proxyWeights(moments, 1000))).toEqual([0.8346, -0.1654]);
  });

  it('are the best: no other weights go better with the outcome', () => {
    const rng = createRng('weights');
    for (const n of [1, 10, 1000]) {
      const best = proxyCorrelation(moments, 1, proxyWeights(moments, n)!, n);
      for (let tries = 0; tries < 200; tries++) {
        const other = Float64Array.of(rng.normal(), rng.normal());
        expect(proxyCorrelation(moments, 1, other, n)).toBeLessThanOrEqual(best + 1e-12);
      }
    }
  });

  it('are undefined when nothing goes with the outcome, or a proxy is there twice', () => {
    expect(proxyWeights({ ...moments, withOutcome: new Float64Array(2) }, 10)).toBeUndefined();
    const twins = {
      proxies: Float64Array.of(1, 1, 1, 1),
      withOutcome: Float64Array.of(1, 1),
      noise: new Float64Array(4),
    };
    expect(proxyWeights(twins, 10)).toBeUndefined();
    expect(() => proxyWeights(moments, 0)).toThrow(RangeError);
  });
});
