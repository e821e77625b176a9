import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { createMixDraw, createWeightedDraw, drawPoisson } from './weighted-draw.ts';

const N = 20_000;
/** Four standard errors of a share at most: a wrong alarm in about 16,000 seeds. */
const within = (share: number) => 4 * Math.sqrt((share * (1 - share)) / N);

describe('weighted draws', () => {
  it('come by weight and never where the weight is 0', () => {
    const rng = createRng('weights');
    const counts = [0, 0, 0, 0];
    const draw = createWeightedDraw([1, 0, 3, 6]);
    for (let n = 0; n < N; n++) counts[draw(rng)]!++;
    expect(counts[1]).toBe(0);
    expect(Math.abs(counts[0]! / N - 0.1)).toBeLessThan(within(0.1));
    expect(Math.abs(counts[2]! / N - 0.3)).toBeLessThan(within(0.3));
  });

  it('of a mix give its names', () => {
    const rng = createRng('mix');
    const draw = createMixDraw<'rain' | 'sun'>({ rain: 0, sun: 2 });
    expect(draw(rng)).toBe('sun');
  });

  it('refuse weights that mean nothing', () => {
    expect(() => createWeightedDraw([1, -1])).toThrow(/weight -1 at 1/);
    expect(() => createWeightedDraw([1, Number.NaN])).toThrow(/weight NaN at 1/);
    expect(() => createWeightedDraw([0])).toThrow(/sum to 0/);
    expect(() => createWeightedDraw([])).toThrow(/sum to 0/);
  });

  it('of Poisson counts have its mean', () => {
    const rng = createRng('poisson');
    let sum = 0;
    for (let n = 0; n < N; n++) sum += drawPoisson(0.8, rng);
    expect(Math.abs(sum / N - 0.8)).toBeLessThan(4 * Math.sqrt(0.8 / N));
    expect(drawPoisson(0, rng)).toBe(0);
  });
});
