import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyFactor, choleskySolve } from './cholesky.ts';
import { createRng } from './rng.ts';

/** B·Bᵀ + I/10 of a random B: positive definite. */
const randomSystem = (n: number, seed: number) => {
  const rng = createRng(seed);
  const b = Float64Array.from({ length: n * n }, () => rng.normal());
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) a[i * n + j]! += b[i * n + k]! * b[j * n + k]!;
    }
    a[i * n + i]! += 0.1;
  }
  return { a, rhs: Float64Array.from({ length: n }, () => rng.normal()) };
};

/** Gaussian elimination with partial pivoting: the brute-force oracle. */
const solveByElimination = (a: Float64Array, n: number, rhs: Float64Array): number[] => {
  const m = Array.from({ length: n }, (_, i) => [...a.subarray(i * n, (i + 1) * n), rhs[i]!]);
  for (let c = 0; c < n; c++) {
    const pivot = m.reduce((best, row, r) => (r >= c && Math.abs(row[c]!) > Math.abs(m[best]![c]!) ? r : best), c);
    [m[c], m[pivot]] = [m[pivot]!, m[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = m[r]![c]! / m[c]![c]!;
      for (let k = c; k <= n; k++) m[r]![k]! -= factor * m[c]![k]!;
    }
  }
  return m.map((row, i) => row[n]! / row[i]!);
};

describe('choleskyFactor and choleskySolve', () => {
  it('solve what elimination solves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (n, seed) => {
        const { a, rhs } = randomSystem(n, seed);
        const expected = solveByElimination(a, n, rhs);
        choleskyFactor(a, n);
        choleskySolve(a, n, rhs);
        const scale = Math.max(...expected.map(Math.abs));
        expected.forEach((x, i) => {
          expect(Math.abs(rhs[i]! - x)).toBeLessThan(1e-8 * scale);
        });
      }),
      { seed: 5 },
    );
  });

  it('never read the upper triangle', () => {
    const { a, rhs } = randomSystem(6, 1);
    const other = a.map((value, at) => (at % 6 > Math.floor(at / 6) ? Number.NaN : value));
    const same = rhs.slice();
    choleskyFactor(a, 6);
    choleskySolve(a, 6, rhs);
    choleskyFactor(other, 6);
    choleskySolve(other, 6, same);
    expect(same).toEqual(rhs);
  });

  it('refuse a matrix that is not positive definite', () => {
    expect(() => choleskyFactor(Float64Array.of(1, 0, 2, 1), 2)).toThrow(/not positive definite/);
    expect(() => choleskyFactor(Float64Array.of(Number.NaN), 1)).toThrow(RangeError);
  });
});
