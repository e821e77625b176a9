import { describe, expect, it } from 'vitest';
import type { ItemId } from '#domain';
import { composeSlate } from './compose.ts';
import { type LoggedCard, propensityOf, slotLaws } from './replay.ts';
import type { Candidate, PolicyInput, ShelfInput } from './slate.ts';

const candidate = (n: number): Candidate => ({
  itemId: `track:${n}` as ItemId,
  artistId: `artist:${n % 4}` as ItemId,
  score: -n,
  source: 'similar_items',
  stage: 'als',
  claim: null,
});

const shelf = (name: string, from: number): ShelfInput => ({
  shelf: name,
  title: name,
  need: name,
  character: 'mixed',
  asked: 4,
  candidates: Array.from({ length: 10 }, (_, n) => candidate(from + n)),
  exploreFrom: 1,
  fewest: 2,
});

const input: PolicyInput = {
  shelves: [shelf('first', 0), shelf('second', 5)],
  exploration: 0.2,
  bandFactor: 2,
  maxPerArtist: 2,
  artistGap: 1,
};

const propensitiesUnder = (policy: PolicyInput, cards: readonly LoggedCard[]): Float64Array | undefined => {
  const laws = slotLaws(policy, cards);
  return laws && Float64Array.from(laws, (law, n) => propensityOf(law, cards[n]!.itemId));
};

const cardsOf = (seed: string) =>
  composeSlate(input, seed).shelves.flatMap(({ cards }) =>
    cards.map(({ shelf: name, candidate: { itemId }, propensity }) => ({ shelf: name, itemId, propensity })),
  );

describe('probabilities of logged cards', () => {
  it('of the policy that made the page are those it logged, whatever was explored', () => {
    for (let seed = 0; seed < 200; seed++) {
      const cards = cardsOf(`seed ${seed}`);
      expect([...propensitiesUnder(input, cards)!]).toEqual(cards.map(({ propensity }) => propensity));
    }
  });

  it('without exploration are 1 for what is best and 0 for what was explored', () => {
    const greedy = { ...input, exploration: 0 };
    const best = composeSlate(greedy, 'any').shelves.flatMap(({ cards }) => cards);
    const logged = best.map((card) => ({ shelf: card.shelf, itemId: card.candidate.itemId }));
    expect([...propensitiesUnder(greedy, logged)!]).toEqual(logged.map(() => 1));
    const explored = Array.from({ length: 200 }, (_, seed) => cardsOf(`seed ${seed}`));
    expect(explored.some((cards) => propensitiesUnder(greedy, cards)!.includes(0))).toBe(true);
  });

  it('average to 1 over what the other policy draws, as weights must', () => {
    // One shelf and a tenth of exploration more: E[π_e / π_0] = 1 for the first explored slot.
    const wilder = { ...input, exploration: 0.3 };
    let sum = 0;
    let squares = 0;
    const seeds = 4000;
    for (let seed = 0; seed < seeds; seed++) {
      const cards = cardsOf(`w ${seed}`);
      const weight = propensitiesUnder(wilder, cards)!.reduce(
        (product, p, n) => product * (p / cards[n]!.propensity),
        1,
      );
      sum += weight;
      squares += weight * weight;
    }
    const mean = sum / seeds;
    // 4 standard errors.
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt((squares / seeds - mean * mean) / seeds));
  });

  it('are undefined for a page the policy cannot lay out', () => {
    expect(propensitiesUnder(input, cardsOf('a').slice(1))).toBeUndefined();
    expect(propensitiesUnder({ ...input, shelves: [shelf('other', 0)] }, cardsOf('a'))).toBeUndefined();
  });
});
