/** Experiments looked at daily: which methods keep their rate of false alarms, and what they find. */

import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import {
  crossingProbabilities,
  type Effect,
  mixtureEstimate,
  mixtureVariance,
  normal,
  sampleRatioTest,
  sequentialSampleRatioTest,
  spendingBounds,
} from '#stats';
import { ALPHA, band, count, SLOW } from './error-rates.ts';

const WORLDS = 10_000 * SLOW;
const DAYS = 28;

/**
 * The effect of each day as sums of what came until then: a Brownian path at the days, `drift` the mean of the last z.
 */
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
