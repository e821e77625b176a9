import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { fitSurrogateIndex, surrogateEffect } from './surrogate-index.ts';

describe('the surrogate index', () => {
  it('reads the long-term effect from early behaviour, and covers it', () => {
    const WORLDS = 300;
    let covered = 0;
    for (let world = 0; world < WORLDS; world++) {
      const rng = createRng(`surrogate ${world}`);
      const people = (lift: number, n: number) => {
        const s = Array.from({ length: n }, () => [rng.normal() + lift, rng.normal()]);
        return { s, y: s.map(([a, b]) => 1 + 0.5 * a! - 0.3 * b! + rng.normal()) };
      };
      const past = people(0, 400);
      const index = fitSurrogateIndex({ surrogates: past.s.flat(), p: 2, outcomes: past.y })!;
      const [treated, control] = [people(0.4, 150), people(0, 150)];
      const effect = surrogateEffect(index, {
        surrogates: [...treated.s, ...control.s].flat(),
        p: 2,
        treated: [...treated.s.map(() => 1), ...control.s.map(() => 0)],
      });
      // .5 of .4
      covered += Number(effect.ok && effect.interval.lower <= 0.2 && 0.2 <= effect.interval.upper);
    }
    expect(Math.abs(covered / WORLDS - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / WORLDS));
  });

  it('misses an effect that does not pass through the surrogates, which no interval tells', () => {
    const rng = createRng('direct');
    const s = Array.from({ length: 4000 }, () => rng.normal());
    const index = fitSurrogateIndex({ surrogates: s, p: 1, outcomes: s.map((a) => a + rng.normal()) })!;
    const effect = surrogateEffect(index, { surrogates: s, p: 1, treated: s.map((_, i) => i % 2) });
    expect(effect.ok && Math.abs(effect.value)).toBeLessThan(0.15);
  });

  it('says why there is none', () => {
    expect(fitSurrogateIndex({ surrogates: [1, 2], p: 1, outcomes: [1, 2] })).toBeUndefined();
    expect(fitSurrogateIndex({ surrogates: [1, 1, 1, 1], p: 1, outcomes: [1, 2, 3, 4] })).toBeUndefined();
    const index = fitSurrogateIndex({ surrogates: [1, 2, 4, 3], p: 1, outcomes: [1, 2, 3, 5] })!;
    expect(surrogateEffect(index, { surrogates: [1, 2], p: 1, treated: [1, 1] })).toEqual({
      ok: false,
      reason: 'one_arm',
    });
    expect(surrogateEffect(index, { surrogates: [1, 2], p: 1, treated: [1, 0] })).toEqual({
      ok: false,
      reason: 'few_units',
    });
  });
});
