import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topK } from './top-k.ts';

// Few distinct values, so that ties are the rule.
const scores = fc
  .array(fc.constantFrom(-1, 0, 0.5, 1, 2, Number.NaN, Number.NEGATIVE_INFINITY), { maxLength: 60 })
  .map((values) => Float64Array.from(values));

describe('topK', () => {
  it('is the head of a full sort', () => {
    fc.assert(
      fc.property(scores, fc.nat(70), fc.nat(5), (values, k, modulus) => {
        const excluded = (index: number): boolean => modulus > 1 && index % modulus === 0;
        const sorted = [...values.keys()]
          .filter((index) => !Number.isNaN(values[index]!) && !excluded(index))
          .sort((a, b) => (values[b]! > values[a]! ? 1 : values[b]! < values[a]! ? -1 : a - b))
          .slice(0, k);
        expect([...topK(values, k, excluded)]).toEqual(sorted);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('asks about exclusion only where it matters', () => {
    const asked: number[] = [];
    const best = topK(Float32Array.of(9, 8, 1, 2, 3), 2, (index) => asked.push(index) < 0);
    expect([...best]).toEqual([0, 1]);
    expect(asked).toEqual([0, 1]);
  });
});
