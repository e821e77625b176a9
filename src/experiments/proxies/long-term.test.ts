import { describe, expect, it } from 'vitest';
import { metricAt, toCorpus, wholes } from './corpus.ts';
import { fitLatentEffects } from './latent-effects.ts';
import { decide, decideDirectly, viewLongTerm } from './long-term.ts';
import { noiseModel } from './noise.ts';
import { pairRows } from './pair-rows.contract.ts';

describe('decisions by the long term', () => {
  it('need certainty on either side', () => {
    expect([0.99, 0.5, 0.01].map((better) => decide(better))).toEqual(['launch', 'unclear', 'stop']);
    expect(decideDirectly(2, 1)).toBe('launch');
    expect(decideDirectly(1.9, 1)).toBe('unclear');
  });

  it('without a proxy measured have no view', () => {
    const corpus = toCorpus(
      pairRows('none', { count: 30, rho: 0.5, se: 0.1 }).filter((row) => row.metric === 'y' || row.experiment !== 'e0'),
    );
    const at = metricAt(corpus, 'y');
    const model = fitLatentEffects(wholes(corpus), [metricAt(corpus, 'm'), at], noiseModel(corpus).correlations);
    expect(viewLongTerm(model, at, wholes(corpus).find(({ experiment }) => experiment === 'e0')!)).toBeUndefined();
  });
});
