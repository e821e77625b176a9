import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from './rng.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const randomSymmetric = (n: number, seed: number): Float64Array => {
  const rng = createRng(seed);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      a[i * n + j] = rng.normal();
      a[j * n + i] = a[i * n + j]!;
    }
  }
  return a;
};

describe('symmetricEigen', () => {
  it('gives an orthonormal basis that rebuilds the matrix, values descending', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer(), (n, seed) => {
        const a = randomSymmetric(n, seed);
        const { values, vectors } = symmetricEigen(a, n);
        for (let i = 0; i < n; i++) {
          if (i > 0) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!);
          for (let j = 0; j < n; j++) {
            let rebuilt = 0;
            let product = 0;
            for (let k = 0; k < n; k++) {
              rebuilt += vectors[i * n + k]! * values[k]! * vectors[j * n + k]!;
              product += vectors[k * n + i]! * vectors[k * n + j]!;
            }
            expect(rebuilt).toBeCloseTo(a[i * n + j]!, 10);
            expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
          }
        }
      }),
      { seed: 6 },
    );
  });

  it('knows the eigenvalues of a matrix done by hand', () => {
    // [[2, 1], [1, 2]]: 3 with (1, 1)/√2 and 1 with (1, -1)/√2.
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
    expect(Math.abs(vectors[0]!)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(vectors[0]! * vectors[2]!).toBeGreaterThan(0);
    expect(vectors[1]! * vectors[3]!).toBeLessThan(0);
  });

  it('takes matrices that are diagonal, of rank one, or have values twice', () => {
    const diagonal = symmetricEigen(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 1), 3);
    expect([...diagonal.values]).toEqual([5, 1, 1]);
    expect([...diagonal.vectors]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 1]);
    const rankOne = symmetricEigen(new Float64Array(16).fill(1), 4);
    expect([...rankOne.values]).toEqual([4, 0, 0, 0].map((value) => expect.closeTo(value, 12)));
    for (const row of [0, 1, 2, 3]) expect(rankOne.vectors[4 * row]).toBeCloseTo(0.5, 12);
  });

  it('refuses what is not finite', () => {
    expect(() => symmetricEigen(new Float64Array(16).fill(Number.NaN), 4)).toThrow(/do not converge/);
  });

  it('takes the zero matrix', () => {
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  });
});
