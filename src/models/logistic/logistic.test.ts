import { describe, expect, it } from 'vitest';
import { createRng, csrFromTriples } from '#math';
import { fitLogistic } from './logistic.ts';

const oneHot = (columns: readonly number[], cols: number) =>
  csrFromTriples(columns.length, cols, {
    rows: columns.map((_, n) => n),
    columns,
    values: columns.map(() => 1),
  });

describe('fitLogistic', () => {
  it('gives the rates of groups when hardly penalized', () => {
    // Group 0: 1 of 4, group 1: 3 of 4.
    const rows = oneHot([0, 0, 0, 0, 1, 1, 1, 1], 2);
    const model = fitLogistic(rows, [1, 0, 0, 0, 1, 1, 1, 0], { regularization: 1e-6 });
    expect(model.predict([0])).toBeCloseTo(0.25, 5);
    expect(model.predict([1])).toBeCloseTo(0.75, 5);
    expect(model.fit.converged).toBe(true);
    // Four times the entropy of 1/4, in nats, over four.
    expect(model.fit.logLoss).toBeCloseTo(-(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)), 5);
  });

  it('meets the condition of the optimum: λβ equals the residuals of each feature', () => {
    const rng = createRng('logistic');
    const rows = oneHot(
      Array.from({ length: 300 }, () => rng.int(5)),
      5,
    );
    const targets = Array.from({ length: 300 }, () => (rng.next() < 0.3 ? 1 : 0));
    const weights = Float64Array.from({ length: 300 }, () => rng.next());
    const model = fitLogistic(rows, targets, { regularization: 2, weights });
    const residuals = new Float64Array(6);
    for (let row = 0; row < 300; row++) {
      const feature = rows.indices[row]!;
      const residual = weights[row]! * (targets[row]! - model.predict([feature]));
      residuals[feature]! += residual;
      residuals[5]! += residual;
    }
    for (let feature = 0; feature < 5; feature++) {
      expect(residuals[feature]).toBeCloseTo(2 * model.coefficients[feature]!, 6);
    }
    expect(residuals[5]).toBeCloseTo(0, 6);
  });

  it('counts a row of weight 2 as two rows', () => {
    const weighted = fitLogistic(oneHot([0, 1, 0], 2), [1, 0, 0], {
      regularization: 0.5,
      weights: Float64Array.of(2, 1, 1),
    });
    const repeated = fitLogistic(oneHot([0, 0, 1, 0], 2), [1, 1, 0, 0], { regularization: 0.5 });
    expect(weighted.predict([0])).toBeCloseTo(repeated.predict([0]), 8);
    expect(weighted.predict([1])).toBeCloseTo(repeated.predict([1]), 8);
  });

  it('stays finite when every target is the same, and when classes are parted', () => {
    const never = fitLogistic(oneHot([0, 1], 2), [0, 0], { regularization: 1 });
    expect(never.predict([0])).toBeGreaterThanOrEqual(0);
    expect(never.predict([0])).toBeLessThan(0.3);
    const parted = fitLogistic(oneHot([0, 0, 1, 1], 2), [0, 0, 1, 1], { regularization: 0.1 });
    expect(parted.predict([0])).toBeLessThan(0.3);
    expect(parted.predict([1])).toBeGreaterThan(0.7);
  });

  it('refuses what is no problem', () => {
    expect(() => fitLogistic(oneHot([0], 1), [1, 0], { regularization: 1 })).toThrow('2 targets for 1 rows');
    expect(() => fitLogistic(oneHot([0], 1), [1], { regularization: 0 })).toThrow('regularization 0');
    expect(() => fitLogistic(oneHot([0], 3001), [1], { regularization: 1 })).toThrow('3001 features');
    expect(() => fitLogistic(oneHot([], 1), [], { regularization: 1 })).toThrow('no rows');
  });
});
