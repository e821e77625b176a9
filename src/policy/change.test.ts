import { describe, expect, it } from 'vitest';
import type { ItemId } from '#domain';
import { changePolicy, type ItemTraits, type PolicyChange } from './change.ts';
import { massOutside, slotLaws } from './replay.ts';
import type { Candidate, PolicyInput } from './slate.ts';

/** Scores 3, 2, 1, 0: mean 1.5, standard deviation √1.25. */
const candidates = [3, 2, 1, 0].map(
  (score, n): Candidate => ({
    itemId: `track:${n}` as ItemId,
    artistId: null,
    score,
    source: n === 3 ? 'fresh' : 'familiar',
    stage: n < 2 ? 'als' : 'popularity',
    claim: null,
  }),
);

const input: PolicyInput = {
  shelves: [{ shelf: 's', title: 's', need: 's', character: 'mixed', asked: 2, candidates, exploreFrom: 1, fewest: 1 }],
  exploration: 0.2,
  bandFactor: 2,
  maxPerArtist: 2,
  artistGap: 0,
};

const TRAITS: Readonly<Record<string, ItemTraits>> = {
  'track:2': { tags: ['jazz', 'piano'], years: 2 },
  'track:3': { tags: [], years: undefined },
};
const traitsOf = (item: ItemId): ItemTraits => TRAITS[item] ?? { tags: [], years: 10 };

const orderOf = (change: PolicyChange): string =>
  changePolicy(input, change, traitsOf)
    .shelves[0]!.candidates.map(({ itemId }) => itemId.slice(6))
    .join('');

describe('changePolicy', () => {
  it('leaves everything as it was when nothing is changed', () => {
    expect(changePolicy(input, {}, traitsOf)).toEqual(input);
  });

  it('takes a share for all, or times the own one, never above 1', () => {
    expect(changePolicy(input, { exploration: 0.7 }, traitsOf).exploration).toBe(0.7);
    expect(changePolicy(input, { explorationFactor: 2 }, traitsOf).exploration).toBe(0.4);
    expect(changePolicy(input, { explorationFactor: 9 }, traitsOf).exploration).toBe(1);
    // Two rejections end it for a session.
    expect(changePolicy({ ...input, exploration: 0 }, { exploration: 0.7 }, traitsOf).exploration).toBe(0);
  });

  it.each<[string, PolicyChange['scoring']]>([
    ['0123', { score: 2 }],
    ['3210', { score: -1 }],
    ['0123', { score: 0 }],
    // One step between neighbours is 0.894 deviations.
    ['2031', { stages: { popularity: 1.8 } }],
    ['3012', { sources: { fresh: 2.7 } }],
    ['2013', { tags: { jazz: 1, piano: 0.8 } }],
    // Ten years cost two deviations, two 0.4; an unknown age nothing.
    ['0231', { perYear: -0.2 }],
  ])('orders %s by %o', (order, scoring) => {
    expect(orderOf({ scoring })).toBe(order);
  });

  it('standardises a shelf of equal scores to zeros, so that points alone decide', () => {
    const equal = {
      ...input,
      shelves: [{ ...input.shelves[0]!, candidates: candidates.map((c) => ({ ...c, score: 5 })) }],
    };
    const [shelf] = changePolicy(equal, { scoring: { sources: { fresh: 0.1 } } }, traitsOf).shelves;
    expect(shelf!.candidates.map(({ score }) => score)).toEqual([0.1, 0, 0, 0]);
  });
});

describe('massOutside', () => {
  it('is what a policy gives to cards that the other never places', () => {
    const cards = [0, 1].map((n) => ({ shelf: 's', itemId: `track:${n}` }));
    const logged = slotLaws(input, cards)!;
    const turned = slotLaws(changePolicy(input, { scoring: { score: -1 } }, traitsOf), cards)!;
    // The first slot is not explored: it has one card under either policy, and not the same.
    expect(massOutside(turned[0]!, logged[0]!)).toBe(1);
    // The second may get any of the three that are left, under either.
    expect(massOutside(turned[1]!, logged[1]!)).toBe(0);
    const narrow = slotLaws({ ...input, bandFactor: 1 }, cards)!;
    expect(massOutside(narrow[1]!, logged[1]!)).toBe(0);
    // Of {1, 2, 3} only 1 is in the narrow band, so its explorations of 2 and 3 are outside: ε is 0.4 at the one open slot.
    expect(massOutside(logged[1]!, narrow[1]!)).toBeCloseTo((0.4 * 2) / 3, 12);
  });
});
