import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CandidateSource, ItemId } from '#domain';
import type { Candidate, PolicyInput } from '#policy';
import { compactInput, loggedInput } from './compact-input.ts';

const SOURCES: readonly CandidateSource[] = ['familiar', 'similar_users', 'fresh'];

const candidate = fc
  .record({
    item: fc.nat(30),
    source: fc.constantFrom(...SOURCES),
    stage: fc.constantFrom('als', 'item-knn'),
    score: fc.double({ noNaN: true, noDefaultInfinity: true }).map((score) => (score === 0 ? 0 : score)),
  })
  .map(
    ({ item, ...said }): Candidate => ({
      itemId: `track:${item}` as ItemId,
      // An item has one artist wherever it stands, and some have none.
      artistId: item % 5 === 0 ? null : (`artist:${item % 4}` as ItemId),
      claim: null,
      ...said,
    }),
  );
const input: fc.Arbitrary<PolicyInput> = fc.record({
  exploration: fc.double({ min: 0, max: 1, noNaN: true }),
  bandFactor: fc.constant(3),
  maxPerArtist: fc.constant(2),
  artistGap: fc.constant(0),
  shelves: fc.array(
    fc.record({
      shelf: fc.constantFrom('picked', 'fresh'),
      title: fc.string(),
      need: fc.string(),
      character: fc.constant('discovery' as const),
      asked: fc.constant(10),
      exploreFrom: fc.constant(2),
      fewest: fc.constant(3),
      candidates: fc.array(candidate, { maxLength: 20 }),
    }),
    { maxLength: 4 },
  ),
});

const logged = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const compact = (policyInput: PolicyInput) => compactInput(policyInput, () => undefined);
const OPTIONS = { seed: 1, numRuns: 300 };

describe('what the policy chose from', () => {
  it('comes back from the log as it was', () => {
    fc.assert(
      fc.property(input, (policyInput) => {
        expect(loggedInput({ candidates: logged(compact(policyInput)) })).toEqual(policyInput);
      }),
      OPTIONS,
    );
  });

  it('comes back from how it was once logged: a list of an item, a kind and a score for each candidate', () => {
    fc.assert(
      fc.property(input, (policyInput) => {
        const now = compact(policyInput);
        const once = now.shelves.map(({ candidates: { item, kind, score }, ...shelf }) => ({
          ...shelf,
          candidates: item.map((each, n) => [each, typeof kind === 'number' ? kind : kind[n], score[n]]),
        }));
        expect(loggedInput({ candidates: logged({ ...now, shelves: once }) })).toEqual(policyInput);
      }),
      OPTIONS,
    );
  });

  it.each([
    ['an item that is not named', { item: [1], kind: 0, score: [1] }],
    ['a kind that is not named', { item: [0], kind: 1, score: [1] }],
    ['a candidate without a kind', { item: [0, 0], kind: [0], score: [1, 1] }],
    ['a candidate without a score', { item: [0, 0], kind: 0, score: [1] }],
    ['no items', { kind: 0, score: [1] }],
    ['neither columns nor a list', 'none'],
    ['a list of other things', [{ item: 0 }]],
    ['a list that names no kind', [[0, 1, 1]]],
  ])('is nothing to draw from with %s', (_, candidates) => {
    const rest = { items: ['track:1'], artists: [-1], artistIds: [], kinds: [['fresh', 'als']] };
    expect(loggedInput({ candidates: { ...rest, shelves: [{ candidates }] } })).toBeNull();
    const good = { item: [0], kind: 0, score: [1] };
    expect(loggedInput({ candidates: { ...rest, shelves: [{ candidates: good }] } })).not.toBeNull();
  });
});
