import { describe, expect, it } from 'vitest';
import type { ItemId } from '#domain';
import { chanceCards } from './chance.ts';
import { composeSlate } from './compose.ts';
import type { Candidate, PolicyInput, ShelfInput } from './slate.ts';

const candidate = (n: number): Candidate => ({
  itemId: `track:${n}` as ItemId,
  artistId: null,
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
  asked: 3,
  candidates: Array.from({ length: 9 }, (_, n) => candidate(from + n)),
  exploreFrom: 1,
  fewest: 2,
});
const input: PolicyInput = {
  shelves: [shelf('first', 0), shelf('second', 8)],
  exploration: 0.4,
  bandFactor: 3,
  maxPerArtist: 2,
  artistGap: 0,
};
const cardsOf = (seed: string) =>
  composeSlate(input, seed).shelves.flatMap(({ cards }) =>
    cards.map(({ shelf: name, candidate: { itemId } }) => ({ shelf: name, itemId })),
  );
const DRAWS = 20_000;
const draws = Array.from({ length: DRAWS }, (_, n) => cardsOf(`draw ${n}`)).map((cards) => ({
  cards,
  chance: chanceCards(input, cards)!,
}));

describe('what chance placed and passed over', () => {
  it('leaves out what could be placed for being the best, and what two shelves have', () => {
    const seen = new Set(
      draws.flatMap(({ cards, chance }) => [
        ...chance.placed.map((n) => cards[n]!.itemId),
        ...chance.passedOver.keys(),
      ]),
    );
    // The first slot takes the best; at the second the next can still become the best. track:8 stands on both shelves.
    for (const best of [0, 1, 8, 9]) expect(seen.has(`track:${best}` as ItemId)).toBe(false);
    for (const rest of [3, 7, 12, 16]) expect(seen.has(`track:${rest}` as ItemId)).toBe(true);
  });

  it('weighs what was passed over as what was placed, item by item', () => {
    // Both have the mean Σ P(placed by chance alone) over the slots; each count of placed is binomial.
    for (const n of [3, 5, 7, 11, 13, 16]) {
      const item = `track:${n}` as ItemId;
      let placed = 0;
      let weight = 0;
      for (const { cards, chance } of draws) {
        if (chance.placed.some((place) => cards[place]!.itemId === item)) placed++;
        weight += chance.passedOver.get(item) ?? 0;
      }
      const expected = placed / DRAWS;
      expect(placed).toBeGreaterThan(100);
      // ± 4 standard errors of a count: a wrong alarm in 16,000, were the seed another.
      expect(Math.abs(weight / DRAWS - expected)).toBeLessThan(4 * Math.sqrt(expected / DRAWS));
    }
  });

  it('is nothing on a page without exploration, and not told of another policy’s page', () => {
    const cards = cardsOf('any');
    const greedy = chanceCards({ ...input, exploration: 0 }, cards);
    expect(greedy?.placed).toEqual([]);
    expect(greedy?.passedOver.size).toBe(0);
    expect(chanceCards(input, cards.slice(1))).toBeUndefined();
  });
});
