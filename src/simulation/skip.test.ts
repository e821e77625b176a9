import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { hear, type SkipSituation } from './skip.ts';

const USUAL: SkipSituation = {
  utility: 0.6,
  satiation: 0,
  intent: 'mood',
  device: 'mobile',
  skips: 0,
  isWeekend: false,
  streak: 0,
  zest: 0.5,
  isAsleep: false,
  durationMs: 200_000,
};

const DRAWS = 4000;
/** Share of skipped plays; its standard error is at most 0.008. */
const skipRate = (change: Partial<SkipSituation>): number => {
  const rng = createRng('skips');
  let skips = 0;
  for (let n = 0; n < DRAWS; n++) if (hear({ ...USUAL, ...change }, rng).skipClass !== 'none') skips++;
  return skips / DRAWS;
};

describe('hear', () => {
  it('skips less what is truly liked, and more after skips, at weekends and when people look around', () => {
    // Each step is at least 0.02 in log-odds terms; the same random numbers are used on both sides, so order is exact.
    expect(skipRate({ utility: 0.9 })).toBeLessThan(skipRate({ utility: 0.5 }));
    expect(skipRate({ utility: 0.5 })).toBeLessThan(skipRate({ utility: 0.1 }));
    expect(skipRate({ streak: 3 })).toBeGreaterThan(skipRate({}));
    expect(skipRate({ isWeekend: true })).toBeGreaterThan(skipRate({}));
    expect(skipRate({ intent: 'sleep', device: 'speaker' })).toBeLessThan(skipRate({}));
    expect(skipRate({ intent: 'party' })).toBeGreaterThan(skipRate({ intent: 'background' }));
  });

  it('hears to the end what is not skipped, and never longer than it is', () => {
    const rng = createRng('ends');
    for (let n = 0; n < DRAWS; n++) {
      const heard = hear({ ...USUAL, durationMs: 75_000 }, rng);
      if (heard.skipClass === 'none') expect(heard.msPlayed).toBe(75_000);
      else expect(heard.msPlayed).toBeLessThan(0.97 * 75_000);
      expect(Number.isInteger(heard.msPlayed)).toBe(true);
    }
  });

  it('calls a skip satiation only when repetition took something away', () => {
    const rng = createRng('classes');
    const classes = (satiation: number) =>
      new Set(Array.from({ length: DRAWS }, () => hear({ ...USUAL, satiation }, rng).skipClass));
    expect([...classes(0.05)].sort()).toEqual(['context_switch', 'none', 'rejection', 'sampling']);
    expect(classes(-0.1)).toContain('satiation');
  });
});
