import { describe, expect, it } from 'vitest';
import type { EngineError } from '#domain';
import { chooseWorld } from '../simulate.ts';
import { type EstimatorsOptions, scoreEstimators } from './score-estimators.ts';

const OPTIONS: EstimatorsOptions = {
  document: chooseWorld({ world: 'small', listeners: 50, seed: 31 }),
  days: 7,
  start: Date.UTC(2026, 0, 5),
  logged: 'click_explore',
  judged: 'click_greedy',
  seeds: 4,
};

const refusal = async (part: Partial<EstimatorsOptions>): Promise<EngineError> => {
  try {
    await scoreEstimators({ ...OPTIONS, ...part });
  } catch (error) {
    return error as EngineError;
  }
  throw new Error('it was taken');
};

describe('estimators held against the life of the judged policy', () => {
  it('have weights of mean 1, are unbiased by importance weights, and give the same each time', async () => {
    const seen: number[] = [];
    const score = await scoreEstimators({ ...OPTIONS, onDay: (done, total) => seen.push(done / total) });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    // A wrong probability would move the mean weight, and no estimate could be trusted.
    expect(score.trust).toEqual({ yes: 4, careful: 0, no: 0 });
    expect(score.effectivePages).toBeGreaterThan(0.2 * score.pages);
    expect(score.effectivePages).toBeLessThan(score.pages);
    const ips = score.estimators.find(({ name }) => name === 'ips');
    if (!ips?.bias.ok || ips.rmse === null) throw new Error('IPS has no number');
    expect(ips.bias.interval.lower).toBeLessThan(0);
    expect(ips.bias.interval.upper).toBeGreaterThan(0);
    expect(ips.rmse).toBeLessThan(0.25);
    expect(score.estimators.map(({ name }) => name)).toContain('logged');
    expect(await scoreEstimators(OPTIONS)).toEqual(score);
  }, 60_000);

  it('are not asked of pairs whose logs tell nothing', async () => {
    expect((await refusal({ logged: 'popular' })).fields).toMatchObject([{ field: 'logged' }]);
    expect((await refusal({ judged: 'oracle' })).fields).toMatchObject([{ field: 'judged' }]);
    expect((await refusal({ judged: 'click_explore' })).fields[0]?.reason).toMatch(/^the same as logged/);
    expect((await refusal({ logged: 'click_only' })).fields[0]?.reason).toMatch(/explores nothing/);
  });
});
