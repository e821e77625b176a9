/** The compass in a made-up company where another offline measure is right on each surface, for each intent and device. */

import { describe, expect, it } from 'vitest';
import { compassIn, contextsOf, type EffectRow, metricAt, noiseModel, toCorpus } from '#experiments';
import { createRng } from '#math';

const OFFLINE = ['ndcg@10', 'recall@50', 'coverage', 'novelty', 'calibration'] as const;
const CONTEXTS = ['home', 'search'].flatMap((surface) =>
  ['discover_now', 'background', 'known_item'].flatMap((intent) =>
    ['mobile', 'speaker'].map((device) => ({ surface, intent, device })),
  ),
);

/** 60 experiments in each context. The right measure goes with the outcome by .75; the others with each other by .3, and
 * with the outcome only through that. */
const plant = (seed: number) => {
  const rng = createRng(`compass ${seed}`);
  const right = new Map<string, string>();
  const rows: EffectRow[] = [];
  for (const context of CONTEXTS) {
    const truth = OFFLINE[rng.int(OFFLINE.length)]!;
    right.set(JSON.stringify(context), truth);
    for (let k = 0; k < 60; k++) {
      const shared = rng.normal();
      const base = { ...context, experiment: `${JSON.stringify(context)}-${k}`, n: 50_000 };
      const effects = OFFLINE.map(() => Math.sqrt(0.3) * shared + Math.sqrt(0.7) * rng.normal());
      OFFLINE.forEach((metric, at) => {
        rows.push({ ...base, metric, effect: effects[at]! + 0.3 * rng.normal(), standardError: 0.3 });
      });
      const long = 0.75 * effects[OFFLINE.indexOf(truth)]! + Math.sqrt(1 - 0.75 ** 2) * rng.normal();
      const online = 0.8 * long + 0.6 * rng.normal();
      rows.push({ ...base, metric: 'plays', effect: online + 0.4 * rng.normal(), standardError: 0.4 });
      rows.push({ ...base, metric: 'return_28', effect: long + 0.6 * rng.normal(), standardError: 0.6 });
    }
  }
  return { corpus: toCorpus(rows), right };
};

describe('the compass', () => {
  it('picks the right measure in at least 90 % of contexts by 60 experiments, and loses less by following it', () => {
    let [hits, contexts, regretRight, regretOthers] = [0, 0, 0, 0];
    for (let seed = 0; seed < 5; seed++) {
      const { corpus, right } = plant(seed);
      const request = {
        candidates: OFFLINE.map((name) => metricAt(corpus, name)),
        online: metricAt(corpus, 'plays'),
        outcome: metricAt(corpus, 'return_28'),
        correlations: noiseModel(corpus).correlations,
      };
      for (const context of contextsOf(corpus)) {
        const { recommended, rows } = compassIn(corpus, context, request);
        const truth = right.get(JSON.stringify(context))!;
        hits += Number(recommended === truth);
        contexts++;
        for (const { metric, regret } of rows) {
          if (!regret.ok) throw new Error(regret.reason);
          if (metric === truth) regretRight += regret.value;
          else regretOthers += regret.value / (OFFLINE.length - 1);
        }
      }
    }
    console.info(
      `right in ${hits} of ${contexts}; regret ${(regretRight / contexts).toFixed(3)} against ${(regretOthers / contexts).toFixed(3)}`,
    );
    expect(contexts).toBe(60);
    expect(hits / contexts).toBeGreaterThanOrEqual(0.9);
    expect(regretRight).toBeLessThan(regretOthers);
  });
});
