/** Proxies learned from a planted history of experiments, each judged without having been seen. */

import { describe, expect, it } from 'vitest';
import {
  compareDecisions,
  type Decision,
  decide,
  findDisagreements,
  leaveOneOut,
  metricAt,
  noiseModel,
  toCorpus,
  wholes,
} from '#experiments';
import { normal } from '#stats';
import { OUTCOME, type Planted, PROXIES, plantCorpus } from './planted-corpus.ts';

interface Score {
  readonly agreement: number;
  readonly recall: number;
  readonly caught: number;
}

const truthOf = (planted: Planted, experiments: readonly string[]): Decision[] =>
  experiments.map((name) => {
    const effect = planted.truth.get(name)!.effects[OUTCOME];
    return effect > 0 ? 'launch' : effect < 0 ? 'stop' : 'unclear';
  });

const score = (
  planted: Planted,
  names: readonly string[],
  decisions: readonly Decision[],
  warned: ReadonlySet<string>,
): Score => {
  const { agreement, recall } = compareDecisions(decisions, truthOf(planted, names));
  const traps = names.filter((name) => {
    const { effects } = planted.truth.get(name)!;
    return effects.clicks > 0 && effects[OUTCOME] < 0;
  });
  const value = (estimate: typeof agreement) => (estimate.ok ? estimate.value : Number.NaN);
  return {
    agreement: value(agreement),
    recall: value(recall),
    caught: traps.filter((name) => warned.has(name)).length / traps.length,
  };
};

const study = (seed: number) => {
  const planted = plantCorpus(seed);
  const corpus = toCorpus(planted.rows);
  const experiments = wholes(corpus);
  const correlations = noiseModel(corpus).correlations;
  const outcome = metricAt(corpus, OUTCOME);
  const quick = metricAt(corpus, 'clicks');
  const judge = (proxies: readonly string[]): Score => {
    const views = leaveOneOut(experiments, {
      proxies: proxies.map((name) => metricAt(corpus, name)),
      outcome,
      correlations,
    });
    const names = views.map(({ experiment }) => experiment.experiment);
    const warned = new Set(findDisagreements(views, { quick }).map(({ experiment }) => experiment));
    return score(
      planted,
      names,
      views.map(({ decision }) => decision),
      warned,
    );
  };
  const naive = (metric: string, sign: number): Score => {
    const at = metricAt(corpus, metric);
    const names = experiments.map(({ experiment }) => experiment);
    const z = experiments.map(({ effects, standardErrors }) => (sign * effects[at]!) / standardErrors[at]!);
    const helped = experiments.map(({ effects, standardErrors }) => effects[quick]! / standardErrors[quick]! > 1.645);
    const warned = new Set(names.filter((_, k) => helped[k]! && z[k]! < -1.28));
    return score(
      planted,
      names,
      z.map((each) => decide(normal.cdf(each))),
      warned,
    );
  };
  return { judge, naive };
};

// biome-ignore lint/style/noProcessEnv: tests have no configuration of their own.
const SEEDS = process.env['RITORNELLO_SLOW'] === '1' ? 20 : 2;

describe('a 14-day proxy of 63-day return, 300 planted experiments each left out in turn', () => {
  it(`decides as the 63-day truth does, in ${SEEDS} histories; every single metric does worse`, () => {
    const mean: Record<keyof Score, number> = { agreement: 0, recall: 0, caught: 0 };
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { judge, naive } = study(seed);
      const proxy = judge(PROXIES);
      for (const name of ['agreement', 'recall', 'caught'] as const) mean[name] += proxy[name] / SEEDS;
      for (const metric of PROXIES) {
        // Alone a metric may be read as it stands, or by what its moves were worth in the past.
        for (const single of [naive(metric, metric === 'skips' ? -1 : 1), judge([metric])]) {
          expect(single.agreement, `${metric}, history ${seed}`).toBeLessThan(proxy.agreement);
        }
      }
    }
    console.info('proxy', JSON.stringify(mean));
    // Over 20 histories the means are below; 2 histories of 300 stray from them by about .008, .02 and .02.
    expect(mean.agreement).toBeGreaterThanOrEqual(0.95);
    expect(mean.recall).toBeGreaterThanOrEqual(0.85);
    expect(mean.caught).toBeGreaterThanOrEqual(0.9);
  });
});
