import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHash64 } from './hash64.ts';
import { generateInteractions } from './synthetic-interactions.ts';

const MASK = (1n << 64n) - 1n;
const GOLDEN = 0x9e3779b97f4a7c15n;

/** The definition, in exact integers. */
const exactHash = (seed: number, stream: number, index: number): bigint => {
  let z = (BigInt(seed) * GOLDEN + BigInt(stream) * 0xd1b54a32d192ed03n + (BigInt(index) + 1n) * GOLDEN) & MASK;
  z ^= z >> 30n;
  z = (z * 0xbf58476d1ce4e5b9n) & MASK;
  z ^= z >> 27n;
  z = (z * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
};

describe('createHash64', () => {
  it('is the 64-bit hash of its definition', () => {
    const hash = createHash64(20_261_123);
    fc.assert(
      fc.property(fc.nat(9), fc.maxSafeNat(), (stream, index) => {
        fc.pre(index < Number.MAX_SAFE_INTEGER);
        const exact = exactHash(20_261_123, stream, index);
        const here = hash.at(stream, index);
        return here.low6() === Number(exact & 63n) && here.unit() === Number(exact >> 11n) * 2 ** -53;
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('generateInteractions', () => {
  const { counts } = generateInteractions({ users: 300 });

  it('begins as written down beside its definition', () => {
    expect([...counts.indices.subarray(0, 8)]).toEqual([0, 3, 4, 7, 8, 11, 13, 34]);
    expect([...counts.values.subarray(0, 8)]).toEqual([3, 1, 1, 1, 23, 1, 2, 1]);
  });

  it('is a well-formed matrix whose values are the draws', () => {
    const { draws } = generateInteractions({ users: 300 });
    expect(counts.rows).toBe(300);
    expect(counts.cols).toBe(50_000);
    expect(counts.values.reduce((sum, value) => sum + value, 0)).toBe(draws);
    for (let row = 0; row < counts.rows; row++) {
      const indices = counts.indices.subarray(counts.indptr[row], counts.indptr[row + 1]);
      expect(indices.length).toBeGreaterThan(0);
      for (let n = 1; n < indices.length; n++) expect(indices[n]).toBeGreaterThan(indices[n - 1] ?? 0);
    }
  });

  it('ends within a row when it has the pairs that were asked for', () => {
    const cut = generateInteractions({ pairs: 5000 }).counts;
    expect(cut.indices).toHaveLength(5000);
    expect(cut.values).toHaveLength(5000);
    expect(cut.indptr).toHaveLength(cut.rows + 1);
    expect(cut.indptr[cut.rows]).toBe(5000);
    expect([...cut.indices]).toEqual([...counts.indices.subarray(0, 5000)]);
  });

  it('gives the same first rows whatever comes after', () => {
    const few = generateInteractions({ users: 20 }).counts;
    expect([...few.indices]).toEqual([...counts.indices.subarray(0, few.indices.length)]);
    expect([...few.values]).toEqual([...counts.values.subarray(0, few.values.length)]);
  });
});
