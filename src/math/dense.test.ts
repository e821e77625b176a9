import { describe, expect, it } from 'vitest';
import { argMax, cosine, dot, matrixRow, rowLengths } from './dense.ts';

describe('dense', () => {
  it('multiplies vectors in f64', () => {
    // In f32 the second product would be lost: 2^24 + 1 is not an f32.
    expect(dot(Float32Array.of(2 ** 24, 1), Float32Array.of(1, 1))).toBe(2 ** 24 + 1);
    expect(() => dot(Float32Array.of(1), Float32Array.of(1, 2))).toThrow(RangeError);
  });

  it('gives the cosine, or none for a zero vector', () => {
    expect(cosine(Float64Array.of(3, 4), Float64Array.of(4, 3))).toBeCloseTo(24 / 25, 12);
    expect(cosine(Float64Array.of(0, 0), Float64Array.of(1, 0))).toBeUndefined();
    expect(cosine(Float64Array.of(0.1, 0.7), Float64Array.of(0.1, 0.7))).toBeLessThanOrEqual(1);
  });

  it('finds the largest, the first of several', () => {
    expect(argMax([1, 3, 3, 2])).toBe(1);
    expect(argMax(Float64Array.of(-2, -1))).toBe(1);
    expect(argMax([Number.NaN, -5, Number.NaN])).toBe(1);
    expect(argMax([Number.NEGATIVE_INFINITY])).toBe(0);
    expect(argMax([])).toBe(-1);
    expect(argMax([Number.NaN])).toBe(-1);
  });

  it('shows rows as views', () => {
    const matrix = { rows: 2, cols: 3, values: new Float32Array(6) };
    matrixRow(matrix, 1)[2] = 5;
    expect([...matrix.values]).toEqual([0, 0, 0, 0, 0, 5]);
  });

  it('knows how long rows are', () => {
    const matrix = { rows: 3, cols: 2, values: Float32Array.of(3, -4, 0, 0, 5, 12) };
    expect(rowLengths(matrix)).toEqual(Float64Array.of(5, 0, 13));
  });
});
