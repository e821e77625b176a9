/** Paired tests on worlds where two systems are equally good: how often they say that they are not. */

import { describe, expect, it } from 'vitest';
import { PAIRED_TESTS, pairedTest } from '#evaluation';
import { createRng, type Rng } from '#math';

const WORLDS = 4000;
const TOPICS = 30;
const LEVEL = 0.05;

/** Values of a measure in [0, 1] that lie as those of real topics do: topics differ more than systems. */
const system = (topics: readonly number[], rng: Rng, lift = 0): number[] =>
  topics.map((difficulty) => Math.min(1, Math.max(0, difficulty + 0.15 * rng.normal() + lift)));

describe.each(PAIRED_TESTS)('%s', (test) => {
  it(`errs in ${LEVEL * 100} % of ${WORLDS} worlds of equal systems`, () => {
    let rejected = 0;
    for (let world = 0; world < WORLDS; world++) {
      const rng = createRng(71).derive(test, world);
      const topics = Array.from({ length: TOPICS }, () => rng.next());
      const of = system(topics, rng.derive('of'));
      const against = system(topics, rng.derive('against'));
      const result = pairedTest(of, against, { test, draws: 999, seed: world });
      if (result.ok && result.pValue <= LEVEL) rejected++;
    }
    // Four standard errors of a share: with another seed one run in 16,000 would fail. The bootstrap is approximate and
    // may lie a point off on top of it.
    const slack = 4 * Math.sqrt((LEVEL * (1 - LEVEL)) / WORLDS) + (test === 'bootstrap' ? 0.01 : 0);
    expect(Math.abs(rejected / WORLDS - LEVEL)).toBeLessThan(slack);
  });

  it('finds a difference of a standard deviation over 30 topics', () => {
    const rng = createRng(72).derive(test);
    const topics = Array.from({ length: TOPICS }, () => 0.3 + 0.3 * rng.next());
    const result = pairedTest(system(topics, rng.derive('of'), 0.2), system(topics, rng.derive('against')), {
      test,
      draws: 9999,
      seed: 1,
    });
    expect(result.ok && result.pValue).toBeLessThan(0.01);
  });
});
