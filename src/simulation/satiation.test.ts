import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain';
import { remember, satiationEffect, type Trace } from './satiation.ts';

const unheard = (): Trace => ({ near: 0.7, lasting: 0.7, period: 0, plays: 0, lastAt: 0, activation: 0 });

describe('satiation', () => {
  it('warms with a little repetition, wears out with much, recovers with time', () => {
    const trace = unheard();
    expect(satiationEffect(trace, 0)).toBe(0);
    remember(trace, 0, 1);
    const warm = satiationEffect(trace, HOUR_MS);
    for (let n = 1; n <= 5; n++) remember(trace, n * HOUR_MS, 1);
    const worn = satiationEffect(trace, 6 * HOUR_MS);
    expect(warm).toBeGreaterThan(0);
    expect(worn).toBeLessThan(-0.5 + 1e-9);
    expect(satiationEffect(trace, 70 * DAY_MS)).toBeCloseTo(0, 2);
    expect(trace.plays).toBe(6);
  });

  it('halves in a week', () => {
    // One full play: a = 1 → 0.12 − 0.067 = 0.053; a week later a = ½ → 0.06 − 0.01675 = 0.04325.
    const trace = unheard();
    remember(trace, 0, 1);
    expect(satiationEffect(trace, 0)).toBeCloseTo(0.053, 10);
    expect(satiationEffect(trace, 7 * DAY_MS)).toBeCloseTo(0.04325, 10);
  });
});
