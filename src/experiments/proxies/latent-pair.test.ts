import { describe, expect, it } from 'vitest';
import { toCorpus, wholes } from './corpus.ts';
import { fitLatentPair } from './latent-pair.ts';
import { noiseModel } from './noise.ts';
import { pairRows } from './pair-rows.contract.ts';

describe('a metric beside the outcome', () => {
  it('has a slope whose interval covers the truth, where a plain regression misses it', () => {
    let [covered, plain] = [0, 0];
    const WORLDS = 200;
    for (let world = 0; world < WORLDS; world++) {
      const corpus = toCorpus(pairRows(`slope ${world}`, { count: 120, rho: 0.6, se: 0.6 }));
      const pair = fitLatentPair(wholes(corpus), 0, 1, noiseModel(corpus).correlations);
      if (!pair.slope.ok) throw new Error(pair.slope.reason);
      covered += Number(pair.slope.interval.lower <= 0.6 && 0.6 <= pair.slope.interval.upper);
      plain += pair.plainSlope / WORLDS;
    }
    // ±4 standard errors around 95 %: a right interval falls outside in 1 of 16,000.
    expect(Math.abs(covered / WORLDS - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / WORLDS));
    // .6 · 1 / (1 + .36)
    expect(Math.abs(plain - 0.6 / 1.36)).toBeLessThan(0.03);
  });

  it('says why there is no slope', () => {
    const few = toCorpus(pairRows('few', { count: 5, rho: 0.5, se: 0.1 }));
    expect(fitLatentPair(wholes(few), 0, 1, noiseModel(few).correlations).slope).toEqual({
      ok: false,
      reason: 'few_experiments',
    });
    const quiet = toCorpus(pairRows('quiet', { count: 0, rho: 0, se: 1, aa: 200 }).map(({ aa: _, ...row }) => row));
    const { slope } = fitLatentPair(wholes(quiet), 0, 1, noiseModel(quiet).correlations);
    expect(slope).toEqual({ ok: false, reason: 'metric_does_not_move' });
  });
});
