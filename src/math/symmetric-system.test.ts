import { describe, expect, it } from 'vitest';
import { invertSymmetric, solveSymmetric } from './symmetric-system.ts';

describe('systems with a symmetric matrix', () => {
  it('solves 4x + y = 1, x + 3y = 2: x = 1/11, y = 7/11', () => {
    const x = solveSymmetric(Float64Array.of(4, 1, 1, 3), 2, [1, 2])!;
    expect(x[0]).toBeCloseTo(1 / 11, 15);
    expect(x[1]).toBeCloseTo(7 / 11, 15);
  });

  it('inverts: the determinant of the same matrix is 11', () => {
    const inverse = invertSymmetric(Float64Array.of(4, 1, 1, 3), 2)!;
    expect([...inverse].map((value) => value * 11).map((value) => Math.round(value * 1e12) / 1e12)).toEqual([
      3, -1, -1, 4,
    ]);
  });

  it('has no solution for a matrix that repeats itself, is indefinite, or holds NaN', () => {
    for (const matrix of [
      [1, 2, 2, 4],
      [1, 2, 2, 1],
      [1, Number.NaN, Number.NaN, 1],
    ]) {
      expect(solveSymmetric(Float64Array.from(matrix), 2, [1, 1])).toBeUndefined();
      expect(invertSymmetric(Float64Array.from(matrix), 2)).toBeUndefined();
    }
  });
});
