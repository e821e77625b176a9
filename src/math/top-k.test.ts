import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopK, topK } from './top-k.ts';

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

describe('TopK', () => {
  it('is topK, and asks the same of exclude, whether or not scores that do not reach above the floor are offered', () => {
    fc.assert(
      fc.property(scores, fc.nat(70), fc.nat(5), fc.boolean(), (drawn, k, modulus, isLazy) => {
        const values = drawn.map((value) => (value === Number.NEGATIVE_INFINITY ? -2 : value));
        const asking = (asked: number[]) => (index: number) => {
          asked.push(index);
          return modulus > 1 && index % modulus === 0;
        };
        const [asked, askedLazily]: [number[], number[]] = [[], []];
        const expected = topK(Float32Array.from(values), k, asking(asked));
        const best = new TopK(values.length, k, asking(askedLazily));
        for (const [index, value] of values.entries()) if (!isLazy || value > best.floor) best.offer(index, value);
        const found = best.finish();
        expect([...found.indices]).toEqual([...expected]);
        expect([...found.scores]).toEqual(Array.from(expected, (index) => values[index]));
        expect(askedLazily).toEqual(asked);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  it('is the same in whatever order scores are offered', () => {
    const drawn = scores.chain((values) =>
      fc.tuple(fc.constant(values), fc.shuffledSubarray([...values.keys()], { minLength: values.length })),
    );
    fc.assert(
      fc.property(drawn, fc.nat(70), ([values, order], k) => {
        const finite = values.map((value) => (value === Number.NEGATIVE_INFINITY ? -2 : value));
        const best = new TopK(finite.length, k);
        for (const index of order) best.offer(index, finite[index]!);
        expect([...best.finish().indices]).toEqual([...topK(Float32Array.from(finite), k)]);
      }),
      { seed: 9, numRuns: 500 },
    );
  });
});
