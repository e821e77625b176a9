import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalHistory } from './history.ts';

/** Weights that sums of are exact. */
const plays = fc.array(
  fc.tuple(
    fc.nat(30),
    fc.integer({ min: 1, max: 64 }).map((quarters) => quarters / 4),
  ),
);

it('has each item once, in ascending order, with all its weights added up', () => {
  fc.assert(
    fc.property(plays, (listed) => {
      const sums = new Map<number, number>();
      for (const [item, weight] of listed) sums.set(item, (sums.get(item) ?? 0) + weight);
      const ascending = [...sums].sort((a, b) => a[0] - b[0]);
      const { items, weights } = canonicalHistory(
        {
          items: Uint32Array.from(listed, ([item]) => item),
          weights: Float32Array.from(listed, ([, weight]) => weight),
        },
        31,
      );
      expect([...items]).toEqual(ascending.map(([item]) => item));
      expect([...weights]).toEqual(ascending.map(([, weight]) => weight));
    }),
    { seed: 1, numRuns: 500 },
  );
});

it('keeps the order of items whose numbers leave no room in 32 bits for anything else', () => {
  const last = 2 ** 32 - 1;
  const { items } = canonicalHistory(
    { items: Uint32Array.of(last, 0, last - 1, last), weights: Float32Array.of(1, 1, 1, 1) },
    2 ** 32,
  );
  expect([...items]).toEqual([0, last - 1, last]);
});
