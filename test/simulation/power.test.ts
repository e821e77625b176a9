/** The power of a test is what was computed before the start. */

import { describe, expect, it } from 'vitest';
import { difference, effectTest, powerOf } from '#stats';
import { ALPHA, band, count, draw, effectOf, SLOW } from './error-rates.ts';

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
