import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { type EffectRow, inContext, metricAt, toCorpus, wholes } from './corpus.ts';
import { fitLatentEffects } from './latent-effects.ts';
import { fitLatentPair } from './latent-pair.ts';
import { decide, decideDirectly, viewLongTerm } from './long-term.ts';
import { metricCard } from './metric-card.ts';
import { noiseModel } from './noise.ts';
import { proxyCorrelation, proxyWeights } from './proxy-weights.ts';
import { fitSurrogateIndex, surrogateEffect } from './surrogate-index.ts';
import { compareDecisions, leaveOneOut } from './validate-proxy.ts';

const rounded = (values: ArrayLike<number> | undefined) =>
  Array.from(values ?? [], (value) => Number(value.toFixed(4)));

describe('proxy weights', () => {
  const moments = {
    proxies: Float64Array.of(1, 0.5, 0.5, 1),
    withOutcome: Float64Array.of(0.6, 0.2),
    noise: Float64Array.of(4, 0, 0, 1),
  };

  it('are the golden ones, and turn over with the size of the test', () => {
    expect(rounded(proxyWeights(moments, 1))).toEqual([0.6111, 0.3889]);
    expect(rounded(proxyWeights(moments, 10))).toEqual([0.9655, -0.0345]);
    expect(rounded(proxyWeights(moments, 1000))).toEqual([0.8346, -0.1654]);
  });

  it('are the best: no other weights go better with the outcome', () => {
    const rng = createRng('weights');
    for (const n of [1, 10, 1000]) {
      const best = proxyCorrelation(moments, 1, proxyWeights(moments, n)!, n);
      for (let tries = 0; tries < 200; tries++) {
        const other = Float64Array.of(rng.normal(), rng.normal());
        expect(proxyCorrelation(moments, 1, other, n)).toBeLessThanOrEqual(best + 1e-12);
      }
    }
  });

  it('are undefined when nothing goes with the outcome, or a proxy is there twice', () => {
    expect(proxyWeights({ ...moments, withOutcome: new Float64Array(2) }, 10)).toBeUndefined();
    const twins = {
      proxies: Float64Array.of(1, 1, 1, 1),
      withOutcome: Float64Array.of(1, 1),
      noise: new Float64Array(4),
    };
    expect(proxyWeights(twins, 10)).toBeUndefined();
    expect(() => proxyWeights(moments, 0)).toThrow(RangeError);
  });
});

/** Effects of two metrics with correlation `rho` between true effects, standard deviation 1, and errors of `se`. */
const pairRows = (
  seed: string,
  {
    count,
    rho,
    se,
    slope = rho,
    aa = 0,
    drift = 0,
  }: { count: number; rho: number; se: number; slope?: number; aa?: number; drift?: number },
): EffectRow[] => {
  const rng = createRng(seed);
  return Array.from({ length: count + aa }, (_, k) => {
    const quiet = k >= count;
    const x = quiet ? 0 : rng.normal();
    const y = quiet ? 0 : (slope + (k >= count / 2 ? drift : 0)) * x + Math.sqrt(1 - rho * rho) * rng.normal();
    const shared = {
      experiment: `e${k}`,
      n: 10_000,
      standardError: se,
      at: Date.UTC(2026, 0, 1 + k),
      ...(quiet && { aa: true }),
    };
    return [
      { ...shared, metric: 'm', effect: x + se * rng.normal(), days: 7 },
      { ...shared, metric: 'y', effect: y + se * rng.normal(), days: 28 },
    ];
  }).flat();
};

describe('latent effects', () => {
  it('recover the planted correlation to ±.05 from 300 experiments, where plain correlation is pulled to 0', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      const corpus = toCorpus(pairRows(seed, { count: 300, rho: 0.85, se: 0.5 }));
      const { lambda } = fitLatentEffects(wholes(corpus), [0, 1], noiseModel(corpus).correlations);
      const rho = lambda[1]! / Math.sqrt(lambda[0]! * lambda[3]!);
      expect(Math.abs(rho - 0.85)).toBeLessThan(0.05);
      // Errors of a quarter of the variance: the plain correlation is .85 / 1.25.
      const [x, y] = [0, 1].map((at) => wholes(corpus).map(({ effects }) => effects[at]!));
      const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
      expect(dot(x!, y!) / Math.sqrt(dot(x!, x!) * dot(y!, y!))).toBeLessThan(0.78);
    }
  });

  it('take metrics that were not measured for not measured', () => {
    const rows = pairRows('missing', { count: 400, rho: 0.8, se: 0.3 });
    const corpus = toCorpus(
      rows.filter(({ metric, experiment }) => metric === 'm' || Number(experiment.slice(1)) % 2 === 0),
    );
    const { lambda, n } = fitLatentEffects(wholes(corpus), [0, 1], noiseModel(corpus).correlations);
    expect(n).toBe(400);
    expect(lambda[1]! / Math.sqrt(lambda[0]! * lambda[3]!)).toBeGreaterThan(0.72);
  });

  it('errors that go together are learned from A/A tests, not taken for effects that do', () => {
    const rng = createRng('noise');
    const rows = Array.from({ length: 260 }, (_, k): EffectRow[] => {
      const shared = rng.normal();
      const error = () => 0.9 * shared + Math.sqrt(1 - 0.81) * rng.normal();
      const base = { experiment: `e${k}`, n: 100, standardError: 1, ...(k >= 200 && { aa: true }) };
      const effect = k >= 200 ? 0 : 0.8;
      return [
        { ...base, metric: 'm', effect: effect * rng.normal() + error() },
        { ...base, metric: 'y', effect: effect * rng.normal() + error() },
      ];
    }).flat();
    const corpus = toCorpus(rows);
    const noise = noiseModel(corpus);
    expect(noise.from).toBe('a/a tests');
    expect(noise.correlations[1]).toBeGreaterThan(0.65);
    const rhoOf = (correlations: Float64Array) => {
      const { lambda } = fitLatentEffects(wholes(corpus), [0, 1], correlations);
      return lambda[1]! / Math.sqrt(lambda[0]! * lambda[3]!);
    };
    expect(Math.abs(rhoOf(noise.correlations))).toBeLessThan(0.45);
    expect(rhoOf(Float64Array.of(1, 0, 0, 1))).toBeGreaterThan(0.9);
  });
});

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

describe('a card', () => {
  const cardOf = (rows: readonly EffectRow[]) => {
    const corpus = toCorpus(rows);
    const noise = noiseModel(corpus).correlations;
    return metricCard(corpus, wholes(corpus), { metric: 0, outcome: 1 }, noise);
  };

  it('tells sensitivity, direction, latency, surrogacy', () => {
    const card = cardOf(pairRows('card', { count: 300, rho: 0.9, se: 0.2, aa: 100 }));
    const value = (estimate: typeof card.sensitivity) => (estimate.ok ? estimate.value : Number.NaN);
    expect(value(card.sensitivity)).toBeGreaterThan(0.6);
    expect(value(card.directionAgreement)).toBeGreaterThan(0.9);
    expect(value(card.surrogacy)).toBeGreaterThan(0.75);
    expect(card.surrogacy.ok && card.surrogacy.interval.lower <= 0.81 && card.surrogacy.interval.upper >= 0.81).toBe(
      true,
    );
    expect(card).toMatchObject({ metric: 'm', outcome: 'y', latencyDays: 7 });
    expect(card.drift.ok && card.drift.moved).toBe(false);
  });

  it('an A/A corpus has the sensitivity that was asked for', () => {
    const card = cardOf(pairRows('aa', { count: 12, rho: 0.5, se: 1, aa: 2000 }));
    const { falseAlarms } = card;
    expect(falseAlarms).toMatchObject({ ok: true, n: 2000 });
    // ±4 standard errors.
    expect(falseAlarms.ok && Math.abs(falseAlarms.value - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 2000));
  });

  it('sensitivity rises with the effects', () => {
    const shares = [2, 1, 0.5, 0.25].map((se) => {
      const { sensitivity } = cardOf(pairRows('monotone', { count: 400, rho: 0.5, se }));
      return sensitivity.ok ? sensitivity.value : Number.NaN;
    });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(new Set(shares).size).toBe(4);
  });

  it('tells up to which size the metric beats the outcome itself', () => {
    // The metric is measured four times as sharply: R² .81 of it beats the outcome up to some n.
    const sharp = pairRows('beats', { count: 300, rho: 0.9, se: 0.4 }).map((row) =>
      row.metric === 'm' ? { ...row, standardError: 0.1, effect: row.effect } : row,
    );
    const { beatsDirectBelow } = cardOf(sharp);
    expect(beatsDirectBelow.ok).toBe(true);
    const { beatsDirectBelow: never } = cardOf(pairRows('never', { count: 300, rho: 0.3, se: 0.3 }));
    expect(never).toEqual({ ok: false, reason: 'never' });
  });

  it('sees a slope that has moved since', () => {
    const { drift } = cardOf(pairRows('drift', { count: 300, rho: 0.8, se: 0.2, drift: -0.8 }));
    expect(drift.ok && drift.moved).toBe(true);
  });

  it('flags what can be gamed', () => {
    const against = cardOf(pairRows('against', { count: 200, rho: 0.8, slope: -0.8, se: 0.1 }));
    expect(against.flags.map(({ kind }) => kind)).toContain('points_the_other_way');
    const loose = cardOf(pairRows('loose', { count: 300, rho: 0.1, se: 0.1 }));
    expect(loose.flags.map(({ kind }) => kind)).toEqual(['up_while_outcome_down', 'easy_to_move_says_little']);
  });
});

describe('decisions', () => {
  it('need certainty on either side', () => {
    expect([0.99, 0.5, 0.01].map((better) => decide(better))).toEqual(['launch', 'unclear', 'stop']);
    expect(decideDirectly(2, 1)).toBe('launch');
    expect(decideDirectly(1.9, 1)).toBe('unclear');
  });

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

  it('without a proxy measured have no view', () => {
    const corpus = toCorpus(
      pairRows('none', { count: 30, rho: 0.5, se: 0.1 }).filter((row) => row.metric === 'y' || row.experiment !== 'e0'),
    );
    const at = metricAt(corpus, 'y');
    const model = fitLatentEffects(wholes(corpus), [metricAt(corpus, 'm'), at], noiseModel(corpus).correlations);
    expect(viewLongTerm(model, at, wholes(corpus).find(({ experiment }) => experiment === 'e0')!)).toBeUndefined();
  });
});

describe('a corpus', () => {
  const row = { experiment: 'a', metric: 'm', effect: 1, standardError: 1, n: 10 };

  it('keeps wholes and slices apart', () => {
    const corpus = toCorpus([
      row,
      { ...row, surface: 'home' },
      { ...row, experiment: 'b', surface: 'home' },
      { ...row, experiment: 'b', surface: 'search' },
    ]);
    expect(wholes(corpus).map(({ experiment, context }) => [experiment, context.surface])).toEqual([
      ['a', undefined],
      ['b', 'home'],
      ['b', 'search'],
    ]);
    expect(inContext(corpus, { surface: 'home' }).map(({ experiment }) => experiment)).toEqual(['a', 'b']);
  });

  it('has no slice beside the row that it is a part of', () => {
    const home = { ...row, surface: 'home' };
    const corpus = toCorpus([
      home,
      { ...home, device: 'mobile' },
      { ...home, device: 'mobile', intent: 'sleep' },
      { ...home, experiment: 'b', device: 'mobile' },
      { ...home, experiment: 'b', device: 'speaker' },
      { ...home, experiment: 'b', device: 'speaker', intent: 'sleep' },
    ]);
    const told = (rows: ReturnType<typeof wholes>) =>
      rows.map(({ experiment, context }) => [experiment, ...Object.values(context)].join(' '));
    expect(told(inContext(corpus, { surface: 'home' }))).toEqual(['a home', 'b home mobile', 'b home speaker']);
    expect(told(inContext(corpus, { device: 'mobile' }))).toEqual(['a home mobile', 'b home mobile']);
    expect(told(inContext(corpus, { intent: 'sleep' }))).toEqual(['a home sleep mobile', 'b home sleep speaker']);
    expect(told(wholes(corpus))).toEqual(told(inContext(corpus, { surface: 'home' })));
  });

  it('refuses what cannot be', () => {
    expect(() => toCorpus([{ ...row, standardError: 0 }])).toThrow('the standard error is 0');
    expect(() => toCorpus([{ ...row, n: 0 }])).toThrow('n is 0');
    expect(() => toCorpus([{ ...row, effect: Number.NaN }])).toThrow('the effect is NaN');
    expect(() => toCorpus([row, row])).toThrow('twice');
    expect(() => metricAt(toCorpus([row]), 'x')).toThrow('it has m');
  });
});

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
