/** Diversity and retention in a world where diversity does nothing and activity does both. */

import { describe, expect, it } from 'vitest';
import { examineClaim } from '#experiments';
import { createRng } from '#math';

describe('diverse listening and retention, no effect planted', () => {
  it('plain association is there in over 90 % of worlds; by a random encouragement the interval holds 0 in 95 %', () => {
    const WORLDS = 400;
    const count = { plain: 0, instrument: 0, told: 0, control: 0 };
    for (let world = 0; world < WORLDS; world++) {
      const rng = createRng(`diversity ${world}`);
      const people = Array.from({ length: 1500 }, () => {
        const activity = rng.normal();
        const encouraged = rng.int(2);
        return {
          encouraged,
          diversity: 0.6 * activity + 0.5 * encouraged + rng.normal(),
          retained: Number(0.8 * activity + rng.normal() > 0),
          before: Number(0.8 * activity + rng.normal() > 0),
          // What is measured of activity is only part of it.
          plays: activity + rng.normal(),
        };
      });
      const data = {
        outcome: people.map(({ retained }) => retained),
        exposure: people.map(({ diversity }) => diversity),
        covariates: { values: people.map(({ plays }) => plays), p: 1 },
        negativeControl: people.map(({ before }) => before),
      };
      const without = examineClaim(data);
      const claim = examineClaim({ ...data, instrument: people.map(({ encouraged }) => encouraged) });
      const excludes = (estimate: typeof claim.plain) =>
        estimate.ok && estimate.interval.lower * estimate.interval.upper > 0;
      count.plain += Number(excludes(claim.plain));
      count.instrument += Number(claim.instrument!.effect.ok && !excludes(claim.instrument!.effect));
      count.told += Number(
        without.status === 'not_causal' && without.says.startsWith('Not causal') && claim.status !== 'not_causal',
      );
      count.control += Number(without.says.includes('not clean'));
    }
    expect(count.plain / WORLDS).toBeGreaterThan(0.9);
    // ±4 standard errors: a right interval falls outside in 1 of 16,000.
    expect(Math.abs(count.instrument / WORLDS - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / WORLDS));
    expect(count.told).toBe(WORLDS);
    // What the adjustment leaves shows in retention from before, which diversity cannot touch.
    expect(count.control / WORLDS).toBeGreaterThan(0.9);
  });
});
