/**
 * Interleaving tells the better of two rankings with far fewer sessions than an A/B test. Listeners go down a list of ten
 * and click what they like, more or less reliably, and stop sooner or later once they have clicked.
 */

import { describe, expect, it } from 'vitest';
import { createRng, INTERLEAVERS, type Ranking, type Rng } from '#evaluation';

const ITEMS = 10;
const SESSIONS = 3000;
/** Likes fall with the item's number, so [0, 1, 2, …] is the best ranking. */
const likes = (item: number): number => 0.5 * 0.75 ** item;

const clicksOn = (items: Ranking, rng: Rng): number[] => {
  const clicks = items.map(() => 0);
  for (let slot = 0; slot < items.length; slot++) {
    if (rng.next() < likes(items[slot]!)) {
      clicks[slot] = 1;
      if (rng.next() < 0.5) break;
    }
    if (rng.next() < 0.1) break;
  }
  return clicks;
};

const BETTER: Ranking = Array.from({ length: ITEMS }, (_, item) => item);
/** Three neighbours swapped. */
const WORSE: Ranking = [1, 0, 3, 2, 5, 4, 6, 7, 8, 9];

/** Squared z a session: how fast evidence for the better one grows. */
const evidence = (differences: readonly number[]): number => {
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1);
  return mean <= 0 ? 0 : mean ** 2 / variance;
};

/** The same for an A/B test with half the sessions each, judged by clicks a session. */
const abEvidence = (rng: Rng, sessions: number): number => {
  const total = (items: Ranking) => clicksOn(items, rng).reduce((sum, click) => sum + click, 0);
  const moments = [BETTER, WORSE].map((ranking) => {
    const values = Array.from({ length: sessions }, () => total(ranking));
    const mean = values.reduce((sum, value) => sum + value, 0) / sessions;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sessions - 1) };
  });
  const [better, worse] = moments as [(typeof moments)[0], (typeof moments)[0]];
  // Two groups of half the sessions: the variance of the difference is 2 (s²₁ + s²₂) a session.
  return (better.mean - worse.mean) ** 2 / (2 * (better.variance + worse.variance));
};

describe('against an A/B test', () => {
  // 200,000 sessions a group, so that the noise of so small a difference is out of the comparison.
  const ab = abEvidence(createRng('ab'), 200_000);

  it.each(INTERLEAVERS)('$name needs at most a tenth of the sessions', (interleaver) => {
    const rng = createRng('sensitivity').derive(interleaver.name);
    const differences = Array.from({ length: SESSIONS }, () => {
      const made = interleaver.interleave([BETTER, WORSE], ITEMS, rng);
      const [better = 0, worse = 0] = made.credit(clicksOn(made.items, rng));
      return better - worse;
    });
    const own = evidence(differences);
    console.log(`${interleaver.name}: ${(own / ab).toFixed(0)} times the evidence a session of an A/B test of clicks`);
    expect(own).toBeGreaterThan(10 * ab);
  });
});
