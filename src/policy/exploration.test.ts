import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { explorationShare, learnReadiness, MEAN_EXPLORATION, UNLEARNED_READINESS } from './exploration.ts';

const population = (() => {
  const rng = createRng('population');
  return Array.from({ length: 2000 }, () => {
    const plays = 1 + Math.floor(1500 * rng.next() ** 3);
    return { plays, artists: Math.max(1, Math.floor(plays * rng.next() ** 2)) };
  });
})();

describe('explorationShare', () => {
  it('is 10 % on average over the population it was learned from, within 2 % and 25 %', () => {
    const readiness = learnReadiness(population);
    const shares = population.map((breadth) => explorationShare(breadth, readiness, 0));
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(MEAN_EXPLORATION, 9);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.02);
    expect(Math.max(...shares)).toBeLessThanOrEqual(0.25);
    expect(new Set(shares).size).toBeGreaterThan(100);
  });

  it('grows with the share of new artists', () => {
    const readiness = learnReadiness(population);
    const share = (artists: number) => explorationShare({ plays: 200, artists }, readiness, 0);
    expect(share(5)).toBeLessThan(share(80));
    expect(share(80)).toBeLessThan(share(190));
  });

  it('is 0 after two rejections in the session, not after one', () => {
    const breadth = { plays: 100, artists: 40 };
    expect(explorationShare(breadth, UNLEARNED_READINESS, 1)).toBeGreaterThan(0);
    expect(explorationShare(breadth, UNLEARNED_READINESS, 2)).toBe(0);
  });

  it('is the mean for someone unknown when nothing has been learned', () => {
    expect(learnReadiness([])).toBe(UNLEARNED_READINESS);
    expect(explorationShare({ plays: 0, artists: 0 }, UNLEARNED_READINESS, 0)).toBeCloseTo(MEAN_EXPLORATION, 12);
  });
});
