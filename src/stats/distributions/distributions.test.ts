import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beta } from './beta.ts';
import { binomial } from './binomial.ts';
import { chiSquare } from './chi-square.ts';
import { fisherF } from './f.ts';
import { normal } from './normal.ts';
import { poisson } from './poisson.ts';
import { studentT } from './student-t.ts';

/** Reference values: SciPy 1.17.1 (`scipy.stats`: norm, t, chi2, f, beta, binom, poisson; cdf, sf, ppf). */
const relative = (value: number, reference: number): number => Math.abs(value / reference - 1);

describe('distributions agree with SciPy', () => {
  const cases: readonly [string, number, number][] = [
    ['normal.cdf(-8)', normal.cdf(-8), 6.22096057427178e-16],
    ['normal.quantile(0.975)', normal.quantile(0.975), 1.959963984540054],
    ['normal.quantile(1e-20)', normal.quantile(1e-20), -9.262340089798409],
    ['normal.quantile(1e-300)', normal.quantile(1e-300), -37.0470962993612],
    ['t.quantile(0.975, 10)', studentT.quantile(0.975, 10), 2.2281388519649385],
    ['t.quantile(1e-12, 10)', studentT.quantile(1e-12, 10), -40.5320961786626],
    ['t.tail(40, 3.5)', studentT.tail(40, 3.5), 4.383220554686509e-6],
    ['chiSquare.quantile(0.95, 1)', chiSquare.quantile(0.95, 1), 3.841458820694124],
    ['chiSquare.tail(6.9, 1)', chiSquare.tail(6.9, 1), 0.008619574960601723],
    ['chiSquare.tail(200, 1)', chiSquare.tail(200, 1), 2.0884875837625688e-45],
    ['F.quantile(0.95, 3, 10)', fisherF.quantile(0.95, 3, 10), 3.7082648190468435],
    ['beta.cdf(0.5, 2, 3)', beta.cdf(0.5, 2, 3), 0.6875],
    ['beta.tail(0.9, 2, 30)', beta.tail(0.9, 2, 30), 2.799999999999981e-29],
    ['beta.quantile(0.025, 1, 10)', beta.quantile(0.025, 1, 10), 0.0025285785444617848],
    ['binomial.tail(900, 1000, 0.5)', binomial.tail(900, 1000, 0.5), 6.701717790006182e-162],
    ['poisson.tail(200, 3)', poisson.tail(200, 3), 1.7021946920586564e-281],
  ];
  it.each(cases)('%s', (_, value, reference) => {
    expect(relative(value, reference)).toBeLessThan(1e-9);
  });

  it('at the ends', () => {
    expect(normal.quantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normal.quantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normal.quantile(1.5)).toBeNaN();
    expect(chiSquare.tail(0, 3)).toBe(1);
    expect(fisherF.tail(0, 3, 4)).toBe(1);
    expect(poisson.tail(0, 3)).toBe(1);
  });
});

describe('cdf and tail', () => {
  const probability = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true });
  const shape = fc.double({ min: 1, max: 50, noNaN: true });

  it('sum to one, and the quantile undoes the cdf', () => {
    fc.assert(
      fc.property(probability, shape, shape, (p, a, b) => {
        for (const { cdf, tail, quantile } of [
          { cdf: normal.cdf, tail: normal.tail, quantile: normal.quantile },
          {
            cdf: (x: number) => studentT.cdf(x, a),
            tail: (x: number) => studentT.tail(x, a),
            quantile: (q: number) => studentT.quantile(q, a),
          },
          {
            cdf: (x: number) => chiSquare.cdf(x, a),
            tail: (x: number) => chiSquare.tail(x, a),
            quantile: (q: number) => chiSquare.quantile(q, a),
          },
          {
            cdf: (x: number) => fisherF.cdf(x, a, b),
            tail: (x: number) => fisherF.tail(x, a, b),
            quantile: (q: number) => fisherF.quantile(q, a, b),
          },
          {
            cdf: (x: number) => beta.cdf(x, a, b),
            tail: (x: number) => beta.tail(x, a, b),
            quantile: (q: number) => beta.quantile(q, a, b),
          },
        ]) {
          const x = quantile(p);
          expect(cdf(x)).toBeCloseTo(p, 7);
          // A quantile next to 1 is itself rounded, by 1e-16 of a square root.
          expect(cdf(x) + tail(x)).toBeCloseTo(1, 7);
        }
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it('of counts include the count itself on both sides', () => {
    expect(binomial.cdf(3, 10, 0.5)).toBeCloseTo(176 / 1024, 12);
    // 1 + 10 + 45 ways of fewer than three.
    expect(binomial.tail(3, 10, 0.5)).toBeCloseTo(1 - 56 / 1024, 12);
    expect(binomial.quantile(0.5, 10, 0.5)).toBe(5);
    expect(poisson.cdf(2, 3)).toBeCloseTo(8.5 * Math.exp(-3), 12);
    expect(poisson.tail(3, 3)).toBeCloseTo(1 - 8.5 * Math.exp(-3), 12);
    expect(poisson.quantile(0.5, 3)).toBe(3);
  });
});
