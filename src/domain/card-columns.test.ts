import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCardColumns, toCardColumns } from './card-columns.ts';
import { CANDIDATE_SOURCES } from './vocabulary.ts';

type Card = Parameters<typeof toCardColumns>[0][number];

const card = (fields: Partial<Card> = {}): Card => ({
  shelf: 'fresh',
  row: 0,
  slot: 0,
  itemId: 'track:a',
  score: 1.25,
  propensity: 0.8453399790973304,
  explored: false,
  source: 'fresh',
  stage: 'als',
  claim: null,
  ...fields,
});

const readBack = (cards: readonly Card[]): readonly Card[] =>
  fromCardColumns(JSON.parse(JSON.stringify(toCardColumns(cards))));

describe('cards as columns', () => {
  it('give back the cards they were made of, to the last bit', () => {
    const text = fc.oneof(fc.constantFrom('fresh', 'als', '', 'a\nb', '__proto__', 'constructor'), fc.string());
    const anyCard: fc.Arbitrary<Card> = fc.record({
      shelf: text,
      row: fc.nat(3),
      slot: fc.nat(9),
      itemId: fc.nat(20).map((name) => `track:${name}`),
      score: fc.double({ noNaN: true, noDefaultInfinity: true }).map((score) => score + 0),
      propensity: fc.double({ min: 0, max: 1, noNaN: true }).map((chance) => chance + 0),
      explored: fc.boolean(),
      source: fc.constantFrom(...CANDIDATE_SOURCES),
      stage: text,
      claim: fc.option(
        fc.record({
          kind: fc.constantFrom('played_item', 'session_like', 'popular'),
          evidence: fc.dictionary(
            fc.constantFrom('plays', 'last_at', 'item', 'a\nb', '1'),
            fc.oneof(fc.nat(), fc.string()),
            { noNullPrototype: true },
          ),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.array(anyCard, { maxLength: 12 }), (cards) => {
        expect(readBack(cards)).toEqual(cards);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('keep what cards share only once', () => {
    const played = (plays: number): Card['claim'] => ({ kind: 'played_item', evidence: { plays, last_at: 7 } });
    const columns = toCardColumns([
      card({ claim: played(4) }),
      card({ slot: 1, explored: true, claim: { kind: 'session_like', evidence: { item: 'track:b' } } }),
      card({ shelf: 'picked', row: 1, source: 'similar_users', claim: played(2) }),
    ]);
    expect(columns).toMatchObject({
      shelves: ['fresh', 'picked'],
      shelf: [0, 0, 1],
      origins: [
        ['fresh', 'als'],
        ['similar_users', 'als'],
      ],
      origin: [0, 0, 1],
      explored: [0, 1, 0],
      claims: [
        ['played_item', 'plays', 'last_at'],
        ['session_like', 'item'],
      ],
      claim: [
        [0, 4, 7],
        [1, 'track:b'],
        [0, 2, 7],
      ],
    });
  });

  it('are read from a list of cards as well', () => {
    const [told] = fromCardColumns([{ ...card(), itemId: undefined, item_id: 'track:b' }]);
    expect(told).toMatchObject({ itemId: 'track:b', shelf: 'fresh' });
  });
});
