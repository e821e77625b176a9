import { describe, expect, it } from 'vitest';
import { type EffectRow, toCorpus, wholes } from './corpus.ts';
import { noiseModel } from './noise.ts';
import { pairRows } from './pair-rows.contract.ts';
import { compareDecisions, leaveOneOut } from './validate-proxy.ts';

describe('decisions by a proxy', () => {
  it('are compared as decisions to launch or not', () => {
    const { agreement, recall, precision, contradictions } = compareDecisions(
      ['launch', 'launch', 'unclear', 'stop'],
      ['launch', 'stop', 'launch', 'unclear'],
    );
    expect([agreement, recall, precision, contradictions].map((each) => each.ok && each.value)).toEqual([
      0.5, 0.5, 0.5, 0.25,
    ]);
  });

  it('of several contexts of an experiment are no independent ones: the interval knows', () => {
    // Thirty experiments of four contexts each, that are all decided rightly, or all wrongly in every third.
    const names = Array.from({ length: 120 }, (_, at) => `e${Math.floor(at / 4)}`);
    const mine = names.map((_, at) => (Math.floor(at / 4) % 3 === 0 ? ('stop' as const) : ('launch' as const)));
    const right = names.map(() => 'launch' as const);
    const width = ({ agreement }: ReturnType<typeof compareDecisions>): number =>
      agreement.ok ? agreement.interval.upper - agreement.interval.lower : Number.NaN;
    const [single, clustered] = [compareDecisions(mine, right), compareDecisions(mine, right, names)];
    expect([single, clustered].map(({ agreement }) => agreement.ok && agreement.value)).toEqual([2 / 3, 2 / 3]);
    // Four alike are worth one: twice as wide.
    expect(width(clustered) / width(single)).toBeCloseTo(2, 0.6);
    // Where all agree, thirty experiments tell no more than thirty decisions.
    const { agreement } = compareDecisions(right, right, names);
    expect(agreement).toMatchObject({ ok: true, value: 1, n: 30 });
  });

  it('of an experiment left out do not know its outcome', () => {
    const rows = pairRows('held out', { count: 60, rho: 0.8, se: 0.3 });
    const altered = rows.map((row) => (row.experiment === 'e7' && row.metric === 'y' ? { ...row, effect: 50 } : row));
    const viewOf = (of: readonly EffectRow[]) => {
      const corpus = toCorpus(of);
      const options = { proxies: [0], outcome: 1, correlations: noiseModel(corpus).correlations };
      return leaveOneOut(wholes(corpus), options).find(({ experiment }) => experiment.experiment === 'e7')!;
    };
    // The fit of all is where leaving out begins; what is left of it after the rounds is a trifle beside 50.
    expect(viewOf(altered).mean).toBeCloseTo(viewOf(rows).mean, 1);
  });
});
