/**
 * Error rates of experiments: that each method keeps what it promises.
 *
 * Each test states its own error rate. A rate p over n worlds is checked against p ± 4·√(p (1 - p) / n): a method that keeps
 * its promise fails for 1 seed in 16,000, and the seeds are fixed. RITORNELLO_SLOW=1 runs ten times as many worlds.
 */

import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import {
  BernsteinSequence,
  bootstrapEstimate,
  boundedMeanEstimate,
  crossingProbabilities,
  difference,
  type Effect,
  effectEstimate,
  effectTest,
  exactProportionEstimate,
  Moments,
  meanEstimate,
  mixtureEstimate,
  mixtureVariance,
  normal,
  PairMoments,
  powerOf,
  proportionDifference,
  proportionEstimate,
  quantileEstimate,
  ratioEstimate,
  sampleRatioTest,
  sequentialSampleRatioTest,
  shrinkEffects,
  sorted,
  spendingBounds,
} from '#stats';

// biome-ignore lint/style/noProcessEnv: tests have no configuration of their own.
const SLOW = process.env['RITORNELLO_SLOW'] === '1' ? 10 : 1;
const WORLDS = 10_000 * SLOW;
const DAYS = 28;
const ALPHA = 0.05;

/** Four standard errors of a rate over n worlds. */
const band = (rate: number, n: number): number => 4 * Math.sqrt((rate * (1 - rate)) / n);

const count = (n: number, happens: (rng: Rng, world: number) => boolean, name: string): number => {
  let times = 0;
  for (let world = 0; world < n; world++) if (happens(createRng(name).derive(world), world)) times++;
  return times / n;
};

/** The effect of each day as sums of what came until then: a Brownian path at the days, `drift` the mean of the last z. */
const path = (rng: Rng, drift: number): Float64Array => {
  const z = new Float64Array(DAYS);
  let sum = 0;
  for (let day = 0; day < DAYS; day++) {
    sum += rng.normal() / Math.sqrt(DAYS) + drift / DAYS;
    z[day] = sum / Math.sqrt((day + 1) / DAYS);
  }
  return z;
};

describe(`A/A with ${DAYS} daily looks, ${WORLDS} experiments a method`, () => {
  const fractions = Array.from({ length: DAYS }, (_, day) => (day + 1) / DAYS);

  it('a fixed test looked at daily breaks its promise: why the others are here', () => {
    const rate = count(WORLDS, (rng) => path(rng, 0).some((z) => Math.abs(z) > normal.quantile(0.975)), 'peeking');
    console.info(`fixed test, daily looks: ${rate} false alarms where ${ALPHA} are promised`);
    expect(rate).toBeGreaterThan(0.2);
  });

  it('a fixed test looked at once keeps it', () => {
    const rate = count(WORLDS, (rng) => Math.abs(path(rng, 0)[DAYS - 1]!) > normal.quantile(0.975), 'fixed');
    console.info(`fixed test, one look: ${rate}`);
    expect(Math.abs(rate - ALPHA)).toBeLessThan(band(ALPHA, WORLDS));
  });

  it.each(['obrien-fleming', 'pocock', 'power'] as const)(
    'group-sequential, %s spending: false alarms and power',
    (spending) => {
      const { bounds } = spendingBounds({ fractions, alpha: ALPHA, sides: 2 }, spending);
      const crosses = (drift: number, name: string): number =>
        count(WORLDS, (rng) => path(rng, drift).some((z, day) => (drift > 0 ? z : Math.abs(z)) > bounds[day]!), name);
      const rate = crosses(0, `gst ${spending}`);
      const drift = 3;
      const power = crosses(drift, `gst power ${spending}`);
      const computed = crossingProbabilities(fractions, bounds, drift, 2).reduce((sum, one) => sum + one, 0);
      console.info(`${spending}: ${rate} false alarms; power ${power}, computed ${computed.toFixed(4)}`);
      expect(Math.abs(rate - ALPHA)).toBeLessThan(band(ALPHA, WORLDS));
      expect(Math.abs(power - computed)).toBeLessThan(band(computed, WORLDS));
    },
  );

  it('confidence sequence: at most the promised rate, and its interval holds on all days at once', () => {
    const effect = (z: number, day: number): Effect => {
      const variance = 1 / (day + 1);
      return { value: z * Math.sqrt(variance), variance, df: 1e6, n: 100 * (day + 1) };
    };
    const tau2 = mixtureVariance(1 / DAYS, ALPHA);
    const outside = (drift: number, name: string): number =>
      count(
        WORLDS,
        (rng) =>
          path(rng, drift).some((z, day) => {
            const estimate = mixtureEstimate(effect(z, day), tau2, { level: 1 - ALPHA });
            const truth = drift / Math.sqrt(DAYS);
            return !estimate.ok || truth < estimate.interval.lower || truth > estimate.interval.upper;
          }),
        name,
      );
    const rate = outside(0, 'mixture');
    const away = outside(3, 'mixture away');
    console.info(`confidence sequence: ${rate} false alarms, ${away} misses of a true effect on any day`);
    // At most: it would hold for ever, and these worlds end.
    expect(rate).toBeLessThan(ALPHA + band(ALPHA, WORLDS));
    expect(away).toBeLessThan(ALPHA + band(ALPHA, WORLDS));
    expect(rate).toBeGreaterThan(0.002);
  });

  it('sample ratio asked daily: at most 1 % alarms; asked with chi-square daily: far more', () => {
    const alarms = { chi: 0, sequential: 0, once: 0 };
    const worlds = WORLDS / 2;
    for (let world = 0; world < worlds; world++) {
      const rng = createRng('srm').derive(world);
      const counts = [0, 0];
      let chi = false;
      let sequential = false;
      for (let day = 0; day < DAYS; day++) {
        // 1,000 units a day, binomial by its normal limit.
        const first = Math.round(500 + Math.sqrt(250) * rng.normal());
        counts[0]! += first;
        counts[1]! += 1000 - first;
        const test = sampleRatioTest(counts, [1, 1]);
        const always = sequentialSampleRatioTest(counts, [1, 1]);
        chi ||= test.ok && test.pValue < 0.01;
        sequential ||= always.ok && always.pValue < 0.01;
        if (day === DAYS - 1 && test.ok && test.pValue < 0.01) alarms.once++;
      }
      if (chi) alarms.chi++;
      if (sequential) alarms.sequential++;
    }
    console.info(`sample ratio: ${JSON.stringify(alarms)} of ${worlds}`);
    expect(alarms.sequential / worlds).toBeLessThan(0.01 + band(0.01, worlds));
    expect(Math.abs(alarms.once / worlds - 0.01)).toBeLessThan(band(0.01, worlds));
    expect(alarms.chi / worlds).toBeGreaterThan(0.04);
  });
});

describe('coverage of intervals', () => {
  const covers = (estimate: ReturnType<typeof meanEstimate>, truth: number): boolean =>
    estimate.ok && estimate.interval.lower <= truth && truth <= estimate.interval.upper;

  /** Exact in theory: within the band. */
  const exact: readonly [string, number, (rng: Rng) => boolean][] = [
    ['t interval of 5 normal values', 10_000, (rng) => covers(meanEstimate(draw(rng, 5)), 0)],
    [
      'Welch interval of a difference, 8 and 30 values, spreads 1 and 3',
      10_000,
      (rng) => {
        const effect = difference(effectOf(draw(rng, 8)), effectOf(draw(rng, 30).map((value) => 3 * value)));
        return covers(effectEstimate(effect, 'Welch'), 0);
      },
    ],
  ];
  it.each(exact)('%s', (name, worlds, covered) => {
    const rate = count(worlds * SLOW, (rng) => covered(rng), name);
    console.info(`${name}: ${rate}`);
    // Welch's degrees of freedom are an approximation, good to half a percent here.
    expect(Math.abs(rate - 0.95)).toBeLessThan(band(0.95, worlds * SLOW) + 0.003);
  });

  /** Guaranteed: never below. */
  const guaranteed: readonly [string, number, (rng: Rng) => boolean][] = [
    [
      'exact interval of a proportion, 3 % of 100',
      10_000,
      (rng) => covers(exactProportionEstimate(hits(rng, 100, 0.03), 100), 0.03),
    ],
    [
      'quantile by order statistics, 0.9 of 80 heavy values',
      10_000,
      (rng) => covers(quantileEstimate(sorted(draw(rng, 80).map(Math.exp)), 0.9), Math.exp(normal.quantile(0.9))),
    ],
    [
      'empirical Bernstein, 60 values of 0 and 1',
      5000,
      (rng) =>
        covers(
          boundedMeanEstimate(
            Array.from({ length: 60 }, () => (rng.next() < 0.1 ? 1 : 0)),
            { range: [0, 1] },
          ),
          0.1,
        ),
    ],
    [
      'Bernstein sequence at all of 300 values at once',
      1000,
      (rng) => {
        const sequence = new BernsteinSequence({ range: [0, 1] });
        for (let i = 0; i < 300; i++) sequence.add(rng.next() < 0.2 ? 1 : 0);
        // The interval is the intersection of all so far: it holds the truth now if it held it always.
        return covers(sequence.estimate(), 0.2);
      },
    ],
  ];
  it.each(guaranteed)('%s', (name, worlds, covered) => {
    const rate = count(worlds * SLOW, (rng) => covered(rng), name);
    console.info(`${name}: ${rate}`);
    expect(rate).toBeGreaterThan(0.95 - band(0.95, worlds * SLOW));
  });

  /** Good in the limit: in a stated band at the size given. */
  const asymptotic: readonly [string, number, number, (rng: Rng) => boolean][] = [
    ['Wilson interval, 10 % of 60', 10_000, 0.02, (rng) => covers(proportionEstimate(hits(rng, 60, 0.1), 60), 0.1)],
    [
      'Newcombe interval, 10 % of 60 against 20 % of 50',
      10_000,
      0.02,
      (rng) =>
        covers(
          proportionDifference({ successes: hits(rng, 60, 0.1), n: 60 }, { successes: hits(rng, 50, 0.2), n: 50 }),
          -0.1,
        ),
    ],
    [
      'ratio by the delta method, 100 users of 1 to 20 plays',
      5000,
      0.02,
      (rng) => {
        const pairs = new PairMoments();
        for (let user = 0; user < 100; user++) {
          const plays = 1 + rng.int(20);
          // Each user has a rate of their own: plays of a user are not independent.
          pairs.add(plays, plays * (0.3 + 0.1 * rng.normal()));
        }
        return covers(ratioEstimate(pairs), 0.3);
      },
    ],
    [
      'bootstrap (bca) of the mean of 60 skewed values',
      600,
      0.03,
      (rng) => {
        const values = draw(rng, 60).map((value) => Math.exp(0.5 * value));
        const mean = (indices: Uint32Array): number => indices.reduce((sum, i) => sum + values[i]!, 0) / indices.length;
        return covers(bootstrapEstimate(60, mean, rng.derive('draws'), { resamples: 400 }), Math.exp(0.125));
      },
    ],
  ];
  it.each(asymptotic)('%s', (name, worlds, off, covered) => {
    const rate = count(worlds * SLOW, (rng) => covered(rng), name);
    console.info(`${name}: ${rate}`);
    expect(Math.abs(rate - 0.95)).toBeLessThan(off + band(0.95, worlds * SLOW));
  });

  it('slices after shrinkage: cover, and err by less than raw effects', () => {
    const worlds = 2000 * SLOW;
    const slices = 8;
    const tally = { covered: 0, raw: 0, shrunken: 0, extremesCovered: 0 };
    for (let world = 0; world < worlds; world++) {
      const rng = createRng('slices').derive(world);
      const truth = draw(rng, slices).map((value) => 0.5 * value);
      const effects = truth.map((value) => ({ value: value + rng.normal(), variance: 1, df: 1e6, n: 100 }));
      const groups = shrinkEffects(effects)!.groups;
      const top = effects.reduce((best, effect, i) => (effect.value > effects[best]!.value ? i : best), 0);
      for (const [i, group] of groups.entries()) {
        if (!group.ok) throw new Error(group.reason);
        const inside = covers(group, truth[i]!);
        tally.covered += inside ? 1 : 0;
        tally.raw += (effects[i]!.value - truth[i]!) ** 2;
        tally.shrunken += (group.value - truth[i]!) ** 2;
        if (i === top) tally.extremesCovered += inside ? 1 : 0;
      }
    }
    const coverage = tally.covered / (worlds * slices);
    console.info(
      `shrunken slices: coverage ${coverage}, of the largest ${tally.extremesCovered / worlds}; error ${tally.shrunken / tally.raw} of raw`,
    );
    expect(coverage).toBeGreaterThan(0.93);
    expect(tally.extremesCovered / worlds).toBeGreaterThan(0.9);
    expect(tally.shrunken / tally.raw).toBeLessThan(0.6);
  });
});

describe('power', () => {
  it.each([0.3, 0.5, 0.8])(
    'of the fixed test is what was computed before the start, unequal arms (%s standard deviations)',
    (effect) => {
      const worlds = 5000 * SLOW;
      const arms = [40, 80] as const;
      const design = { variance: 1, shares: [1 / 3, 2 / 3] as const, alpha: ALPHA, sides: 2 as const };
      const computed = powerOf(design, effect, 120);
      const rate = count(
        worlds,
        (rng) => {
          const test = effectTest(
            difference(effectOf(draw(rng, arms[0]).map((value) => value + effect)), effectOf(draw(rng, arms[1]))),
          );
          return test.ok && test.statistic > 0 && test.pValue < ALPHA;
        },
        `power ${effect}`,
      );
      console.info(`power at ${effect}: ${rate}, computed ${computed.toFixed(4)}`);
      // Computed with z, tested with t on some 75 degrees of freedom: off by a percent at most.
      expect(Math.abs(rate - computed)).toBeLessThan(band(computed, worlds) + 0.012);
    },
  );
});

const draw = (rng: Rng, n: number): number[] => Array.from({ length: n }, () => rng.normal());

const hits = (rng: Rng, n: number, p: number): number => {
  let times = 0;
  for (let i = 0; i < n; i++) if (rng.next() < p) times++;
  return times;
};

const effectOf = (values: Iterable<number>): Effect => {
  const { mean, meanVariance, n } = Moments.of(values);
  return { value: mean, variance: meanVariance, df: n - 1, n };
};
