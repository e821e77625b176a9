import { describe, expect, it } from 'vitest';
import { DAY_MS, itemId } from '#domain';
import { csrFromTriples } from '#math';
import { modelContract } from './model.contract.ts';
import { fitPopularity, loadPopularity } from './popularity.ts';

modelContract(
  'popularity',
  { fit: (data) => fitPopularity(data), load: loadPopularity, expectedNdcg: { from: 0.035, to: 0.06 } },
  [
    {
      reason: 'everyone gets the same ranking, so it owes nothing to a history',
      tests: [
        'finds the withheld diagonal of a checkerboard',
        'has nothing personal for an empty history',
        'gives less to an item when its best reason leaves the history',
        'explains a score by shares of the history that sum to it',
      ],
    },
    { reason: 'it knows no likeness of items', tests: ['tells like from unlike on a checkerboard'] },
  ],
);

describe('fitPopularity', () => {
  // Item 0: 100 plays of one user · item 1: 2 plays each of two users · item 2: never played.
  const data = {
    users: ['a', 'b', 'c'],
    items: ['0', '1', '2'].map((id) => itemId('track', id)),
    counts: csrFromTriples(3, 3, { rows: [0, 1, 2], columns: [0, 1, 1], values: [100, 2, 2] }),
  };
  const everyone = Uint32Array.of(0, 1, 2);
  const nobody = { items: new Uint32Array(0), weights: new Float32Array(0) };

  it('counts as it is told to', () => {
    const scores = (weight: 'raw' | 'log' | 'binary') => {
      const model = fitPopularity(data, { weight });
      return [...model.score(model.foldIn(nobody), everyone)];
    };
    expect(scores('raw')).toEqual([100, 4, 0]);
    expect(scores('binary')).toEqual([1, 2, 0]);
    expect(scores('log')).toEqual([Math.log(101), 2 * Math.log(3), 0].map((x) => expect.closeTo(x, 5)));
  });

  it('serves the unknown listener, without items nobody plays', () => {
    const model = fitPopularity(data, { weight: 'raw' });
    expect([...model.recommend(model.foldIn(nobody), 10).items]).toEqual([0, 1]);
  });

  it('halves a play after each half-life', () => {
    const now = 1_000 * DAY_MS;
    const lastPlayedAt = [now - 60 * DAY_MS, now, now + DAY_MS];
    const model = fitPopularity(data, { weight: 'binary', decay: { lastPlayedAt, now, halfLifeDays: 30 } });
    // Two half-lives: 1/4. A play from the future counts once, like one of this moment.
    expect([...model.score(model.foldIn(nobody), everyone)]).toEqual([0.25, 2, 0]);
  });

  it('refuses times that do not fit the plays', () => {
    const decay = { lastPlayedAt: [0], now: 0, halfLifeDays: 30 };
    expect(() => fitPopularity(data, { decay })).toThrow(/1 times for 3 entries/);
    expect(() => fitPopularity(data, { decay: { ...decay, lastPlayedAt: [0, 0, 0], halfLifeDays: 0 } })).toThrow(
      /halfLifeDays 0/,
    );
  });
});
