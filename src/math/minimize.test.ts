import { describe, expect, it } from 'vitest';
import { covarianceAt, hessianAt, minimize } from './minimize.ts';

describe('minimum of a smooth function', () => {
  it('is found in a bent valley (Rosenbrock): (1, 1)', () => {
    const { x, converged } = minimize(([a, b]) => (1 - a!) ** 2 + 100 * (b! - a! * a!) ** 2, [-1.2, 1]);
    expect(converged).toBe(true);
    expect(x[0]).toBeCloseTo(1, 5);
    expect(x[1]).toBeCloseTo(1, 5);
  });

  it('is found beside a wall: steps beyond it are not taken', () => {
    const { x } = minimize(([a]) => (a! <= 0 ? Number.NaN : a! - Math.log(a!)), [0.01]);
    expect(x[0]).toBeCloseTo(1, 5);
  });

  it('is not claimed where there is none', () => {
    expect(minimize(([a]) => -a!, [0], { rounds: 20 }).converged).toBe(false);
    expect(() => minimize(() => Number.NaN, [0])).toThrow(RangeError);
  });

  it('has second derivatives: of 3a² + ab + b², 6 1 1 2', () => {
    const of = ([a, b]: Float64Array) => 3 * a! * a! + a! * b! + b! * b!;
    const rounded = Array.from(hessianAt(of, Float64Array.of(0.3, -2)), (value) => Math.round(value * 1e6) / 1e6);
    expect(rounded).toEqual([6, 1, 1, 2]);
    expect(covarianceAt(of, Float64Array.of(0, 0))![0]).toBeCloseTo(2 / 11, 8);
    expect(covarianceAt(([a]) => -a! * a!, Float64Array.of(0))).toBeUndefined();
  });
});
