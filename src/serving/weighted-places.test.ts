import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heaviest, placesIn } from './weighted-places.ts';

const weights = fc.uniqueArray(fc.tuple(fc.nat(1000), fc.integer({ min: -3, max: 6 })), {
  selector: ([place]) => place,
});

describe('the heaviest places', () => {
  it('are those of a list sorted by weight, then place, without what weighs nothing', () => {
    fc.assert(
      fc.property(weights, fc.nat(20), (weighed, most) => {
        const weightOf = new Map(weighed);
        const sorted = weighed
          .filter(([, weight]) => weight > 0)
          .sort((a, b) => b[1] - a[1] || a[0] - b[0])
          .slice(0, most);
        const found = heaviest(placesIn(weightOf), (place) => weightOf.get(place)!, most);
        expect([...found.places]).toEqual(sorted.map(([place]) => place));
        expect([...found.weights]).toEqual(sorted.map(([, weight]) => weight));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
