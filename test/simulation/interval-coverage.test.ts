/** Intervals hold the truth as often as they promise: exact, guaranteed, good in the limit, shrunken. */

import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import {
  BernsteinSequence,
  bootstrapEstimate,
  boundedMeanEstimate,
  difference,
  effectEstimate,
  exactProportionEstimate,
  meanEstimate,
  normal,
  PairMoments,
  proportionDifference,
  proportionEstimate,
  quantileEstimate,
  ratioEstimate,
  shrinkEffects,
  sorted,
} from '#stats';
import { band, count, draw, effectOf, hits, SLOW } from './error-rates.ts';

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
