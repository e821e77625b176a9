import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { countExperiments, meanByExperiment, shareByExperiment } from './by-experiment.ts';
import { type EffectRow, toCorpus, wholes } from './corpus.ts';
import { fitLatentPair } from './latent-pair.ts';
import { metricCard } from './metric-card.ts';

const DEVICES = ['mobile', 'desktop', 'speaker', 'car'];

/** Experiments with a metric m and an outcome y on four devices, as `measured` tells, with standard errors of 0.3. */
const rowsOf = (count: number, measured: (k: number, draw: () => number) => (device: string) => [number, number]) => {
  const rng = createRng('by experiment');
  return Array.from({ length: count }, (_, k) => {
    const own = measured(k, () => rng.normal());
    return DEVICES.flatMap((device): EffectRow[] => {
      const [m, y] = own(device);
      const base = { experiment: `e${k}`, device, n: 1000, standardError: 0.3 };
      return [
        { ...base, metric: 'm', effect: m },
        { ...base, metric: 'y', effect: y },
      ];
    });
  }).flat();
};

/** Every experiment tells the same on all devices, errors included. */
const fourTimesOver = rowsOf(40, (_, draw) => {
  const [x, error, other] = [draw(), draw(), draw()];
  return () => [x + 0.3 * error, 0.7 * x + 0.3 * other];
});
const once = fourTimesOver.filter(({ device }) => device === 'mobile');

const NOISE = Float64Array.of(1, 0, 0, 1);

describe('a pair of metrics', () => {
  it('learns nothing from an experiment that is told four times over', () => {
    const [single, sliced] = [once, fourTimesOver].map((rows) => fitLatentPair(wholes(toCorpus(rows)), 0, 1, NOISE));
    if (!(single!.slope.ok && sliced!.slope.ok && single!.rSquared.ok && sliced!.rSquared.ok))
      throw new Error('no slope');
    expect([single!.n, sliced!.n, sliced!.slope.n]).toEqual([40, 40, 40]);
    for (const [a, b] of [
      [single!.slope, sliced!.slope],
      [single!.rSquared, sliced!.rSquared],
    ] as const) {
      expect(b.value).toBeCloseTo(a.value, 8);
      expect(b.interval.lower).toBeCloseTo(a.interval.lower, 8);
      expect(b.interval.upper).toBeCloseTo(a.interval.upper, 8);
    }
  });

  it('needs ten experiments, not ten slices', () => {
    const few = wholes(toCorpus(fourTimesOver.filter(({ experiment }) => Number(experiment.slice(1)) < 3)));
    expect(few).toHaveLength(12);
    const pair = fitLatentPair(few, 0, 1, NOISE);
    expect(pair).toMatchObject({ n: 3, slope: { ok: false, reason: 'few_experiments' } });
  });

  it('has a slope whose interval covers the truth where slices of an experiment go the same way', () => {
    const WORLDS = 200;
    const rng = createRng('slices');
    let covered = 0;
    for (let world = 0; world < WORLDS; world++) {
      const rows = rowsOf(100, () => {
        const x = rng.normal();
        const y = 0.6 * x + 0.8 * rng.normal();
        return () => [x + 0.3 * rng.normal(), y + 0.3 * rng.normal()];
      });
      const { slope } = fitLatentPair(wholes(toCorpus(rows)), 0, 1, NOISE);
      if (!slope.ok) throw new Error(slope.reason);
      covered += Number(slope.interval.lower <= 0.6 && 0.6 <= slope.interval.upper);
    }
    // ±4 standard errors around 95 %; with slices taken for independent half as wide, about two thirds.
    expect(Math.abs(covered / WORLDS - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / WORLDS));
  });
});

describe('a card', () => {
  it('counts experiments, not slices', () => {
    const cardOf = (rows: readonly EffectRow[]) => {
      const corpus = toCorpus([
        ...rows,
        ...rows.map((row) => ({ ...row, experiment: `aa ${row.experiment}`, aa: true })),
      ]);
      return metricCard(corpus, wholes(corpus), { metric: 0, outcome: 1 }, NOISE);
    };
    const [single, sliced] = [cardOf(once), cardOf(fourTimesOver)];
    for (const name of ['sensitivity', 'falseAlarms', 'directionAgreement'] as const) {
      const [a, b] = [single[name], sliced[name]];
      if (!(a.ok && b.ok)) throw new Error(name);
      expect(b.value).toBeCloseTo(a.value, 12);
      expect(b.n).toBe(a.n);
      // Of the bootstrap, which is a little narrower than Wilson's; of slices it would be half as wide.
      expect(b.interval.upper - b.interval.lower).toBeGreaterThan(0.8 * (a.interval.upper - a.interval.lower));
    }
  });

  it('names an experiment once', () => {
    const against = rowsOf(12, () => () => [2, -2]);
    const corpus = toCorpus(against);
    const { flags } = metricCard(corpus, wholes(corpus), { metric: 0, outcome: 1 }, NOISE);
    const [flag] = flags;
    expect(flag?.kind === 'up_while_outcome_down' && flag.experiments).toHaveLength(12);
  });
});

describe('shares and means by experiment', () => {
  const rows = Array.from({ length: 12 }, (_, at) => ({ experiment: `e${Math.floor(at / 4)}`, value: at % 4 }));

  it('of three experiments are as sure as three rows are, however they are sliced', () => {
    expect(countExperiments(rows)).toBe(3);
    const share = shareByExperiment(rows, ({ value }) => value === 0);
    // Wilson's interval of 0.75 among 3.
    expect(share).toMatchObject({ ok: true, value: 0.25, n: 3 });
    expect(share.ok && share.interval.upper - share.interval.lower).toBeGreaterThan(0.6);
  });

  it('do not come without a width where all experiments have the same share', () => {
    const many = Array.from({ length: 80 }, (_, at) => ({ experiment: `e${Math.floor(at / 4)}`, value: at % 4 }));
    const share = shareByExperiment(many, ({ value }) => value === 0);
    expect(share).toMatchObject({ ok: true, value: 0.25, n: 20 });
    expect(share.ok && share.interval.upper - share.interval.lower).toBeGreaterThan(0.3);
  });

  it('are those of rows where each experiment has one, and of no rows unknown', () => {
    const each = rows.map(({ value }, at) => ({ experiment: `e${at}`, value }));
    expect(shareByExperiment(each, ({ value }) => value === 0)).toMatchObject({
      n: 12,
      method: 'proportion, Wilson interval',
    });
    expect(meanByExperiment(each, ({ value }) => value)).toMatchObject({
      value: 1.5,
      n: 12,
      method: 'mean, t interval',
    });
    expect(shareByExperiment([], () => true)).toEqual({ ok: false, reason: 'no_units' });
    expect(meanByExperiment([], () => 1)).toEqual({ ok: false, reason: 'no_units' });
  });
});
