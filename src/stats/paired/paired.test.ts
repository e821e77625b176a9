import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import type { TestResult } from '../tests/test-result.ts';
import { pairedBootstrapTest } from './paired-bootstrap.ts';
import { pairedTTest } from './paired-t.ts';
import { randomizationTest } from './randomization.ts';
import { kendallTau, tauAp } from './rank-correlation.ts';
import { signedRankTest } from './signed-rank.ts';

const zeros = (values: readonly number[]): number[] => values.map(() => 0);

const told = (result: TestResult) => {
  if (!result.ok) throw new Error(result.reason);
  return result;
};

/** Share of all assignments of signs for which the statistic is as far from its middle. */
const shareOfSigns = (count: number, isAsFar: (signs: readonly number[]) => boolean): number => {
  let share = 0;
  for (let code = 0; code < 2 ** count; code++) {
    if (isAsFar(Array.from({ length: count }, (_, n) => ((code >> n) & 1 ? 1 : -1)))) share++;
  }
  return share / 2 ** count;
};

describe('published examples', () => {
  it("paired t: Student's sleep data, as R prints it", () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { statistic, pValue } = told(pairedTTest(first, second));
    expect(statistic).toBeCloseTo(-4.0621, 4);
    expect(pValue).toBeCloseTo(0.002833, 6);
  });

  it('signed rank: depression scores of Hollander and Wolfe, V = 40, p = 20/512', () => {
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    expect(signedRankTest(before, after)).toEqual({
      ok: true,
      statistic: 40,
      pValue: 20 / 512,
      method: 'Wilcoxon signed rank, exact',
    });
  });

  it("randomization: Fisher on Darwin's maize, 1726 of 32768", () => {
    const differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    const { pValue, method } = told(randomizationTest(differences, zeros(differences), createRng(1)));
    expect(pValue).toBe(1726 / 32768);
    expect(method).toBe('randomization, all 32768 assignments');
  });
});

describe('small samples', () => {
  const sizes = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 });

  it('randomization counts what counting by hand counts', () => {
    fc.assert(
      fc.property(sizes, (all) => {
        fc.pre(all.some((size) => size !== 0));
        const far = Math.abs(all.reduce((sum, size) => sum + size, 0));
        const expected = shareOfSigns(
          all.length,
          (signs) => Math.abs(all.reduce((sum, size, n) => sum + size * signs[n]!, 0)) >= far,
        );
        expect(told(randomizationTest(all, zeros(all), createRng(1))).pValue).toBeCloseTo(expected, 12);
      }),
      { seed: 51 },
    );
  });

  it('signed rank counts what counting by hand counts, ties and all', () => {
    fc.assert(
      fc.property(sizes, (all) => {
        const some = all.filter((size) => size !== 0);
        fc.pre(some.length > 0);
        const rankOf = (size: number): number => {
          const below = some.filter((other) => Math.abs(other) < Math.abs(size)).length;
          const same = some.filter((other) => Math.abs(other) === Math.abs(size)).length;
          return below + (same + 1) / 2;
        };
        const middle = some.reduce((sum, size) => sum + rankOf(size), 0) / 2;
        const sumOf = (signs: readonly number[]): number =>
          some.reduce((sum, size, n) => sum + (signs[n]! > 0 ? rankOf(size) : 0), 0);
        const far = Math.abs(sumOf(some) - middle);
        const { statistic, pValue } = told(signedRankTest(all, zeros(all)));
        expect(statistic).toBe(sumOf(some));
        expect(pValue).toBeCloseTo(
          shareOfSigns(some.length, (signs) => Math.abs(sumOf(signs) - middle) >= far),
          12,
        );
      }),
      { seed: 52 },
    );
  });
});

describe('rounding', () => {
  it('does not part differences that are the same', () => {
    // All are 0.1 but for rounding, one of them the other way: of 2^3 signs 4 + 4 are as far out.
    const of = [0.3, 0.8, 0.1];
    const against = [0.2, 0.7, 0.2];
    expect(of[0]! - against[0]!).not.toBe(of[1]! - against[1]!);
    expect(told(signedRankTest(of, against))).toMatchObject({ statistic: 4, pValue: 1 });
    expect(told(randomizationTest(of, against, createRng(1))).pValue).toBe(1);
  });
});

describe('large samples', () => {
  const rng = createRng('paired');
  const differences = Array.from({ length: 60 }, () => rng.normal() + 0.3);

  it('drawn assignments come near to those that are counted', () => {
    const some = differences.slice(0, 17);
    const exact = told(randomizationTest(some, zeros(some), createRng(2))).pValue;
    // With two pairs more of nothing the answer is the same, and with 18 that differ it is drawn.
    const drawn = told(randomizationTest([...some, 1e-9], zeros([...some, 0]), createRng(2))).pValue;
    // Standard error of a share of 100,000: four of them.
    expect(Math.abs(drawn - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 100_000));
  });

  it('the normal signed rank comes near to the exact one', () => {
    const some = differences.slice(0, 50);
    const exact = told(signedRankTest(some, zeros(some)));
    const ties = told(signedRankTest([...some, 1e-9], zeros([...some, 0])));
    expect(exact.method).toContain('exact');
    expect(ties.method).toContain('normal');
    expect(Math.abs(ties.pValue - exact.pValue)).toBeLessThan(0.02);
  });

  it('all four agree on a clear case, and on the seed', () => {
    const seeded = () => createRng('same');
    const results = [
      pairedTTest(differences, zeros(differences)),
      signedRankTest(differences, zeros(differences)),
      randomizationTest(differences, zeros(differences), seeded()),
      pairedBootstrapTest(differences, zeros(differences), seeded()),
    ].map(told);
    const [t = Number.NaN, ...others] = results.map(({ pValue }) => pValue);
    for (const p of others) expect(Math.abs(p - t)).toBeLessThan(0.02);
    expect(randomizationTest(differences, zeros(differences), seeded())).toEqual(results[2]);
    expect(pairedBootstrapTest(differences, zeros(differences), seeded())).toEqual(results[3]);
  });
});

describe('what cannot be told', () => {
  const rng = createRng(3);
  const tests = [
    pairedTTest,
    signedRankTest,
    (a: number[], b: number[]) => randomizationTest(a, b, rng),
    (a: number[], b: number[]) => pairedBootstrapTest(a, b, rng),
  ];

  it('is a reason, and lists of two lengths are a mistake', () => {
    for (const test of tests) {
      expect(test([], [])).toEqual({ ok: false, reason: 'no_units' });
      expect(test([1, Number.NaN], [0, 0])).toEqual({ ok: false, reason: 'not_finite' });
      expect(test([1, 1], [1, 1]).ok).toBe(false);
      expect(() => test([1], [])).toThrow(RangeError);
    }
  });
});

describe('rank correlation', () => {
  it('τ-b and τ_AP by hand', () => {
    // Order of b: 0 1 2 3. In a 1 stands above 0: one of 6 pairs is discordant, (5 - 1) / 6.
    expect(kendallTau([3, 4, 2, 1], [4, 3, 2, 1])).toEqual({ ok: true, value: 4 / 6, n: 4 });
    // Rank 2 has none of 1 above, ranks 3 and 4 have all: 2/3 · (0 + 1 + 1) - 1.
    expect(tauAp([3, 4, 2, 1], [4, 3, 2, 1])).toEqual({ ok: true, value: expect.closeTo(1 / 3, 12), n: 4 });
    // The same swap at the end costs less: 2/3 · (1 + 1 + 2/3) - 1.
    expect(tauAp([4, 3, 1, 2], [4, 3, 2, 1])).toEqual({ ok: true, value: expect.closeTo(7 / 9, 12), n: 4 });
    // One tie in a: 5 concordant, over √(5 · 6).
    expect(kendallTau([3, 3, 2, 1], [4, 3, 2, 1])).toEqual({
      ok: true,
      value: expect.closeTo(5 / Math.sqrt(30), 12),
      n: 4,
    });
  });

  it('is 1 for the same order, -1 for the reverse, and for no order none', () => {
    for (const correlation of [kendallTau, tauAp]) {
      expect(correlation([9, 5, 1], [3, 2, 1])).toEqual({ ok: true, value: 1, n: 3 });
      expect(correlation([1, 5, 9], [3, 2, 1])).toEqual({ ok: true, value: -1, n: 3 });
      expect(correlation([1], [1])).toEqual({ ok: false, reason: 'one_unit' });
      expect(() => correlation([1], [1, 2])).toThrow(RangeError);
    }
    expect(kendallTau([1, 1], [1, 2])).toEqual({ ok: false, reason: 'all_tied' });
    expect(tauAp([1, 2], [1, 1])).toEqual({ ok: false, reason: 'tied' });
  });
});
