import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { beyondAccuracy, type ItemFacts } from './beyond-accuracy.ts';
import { calibrationError } from './calibration-error.ts';
import { entropy, gini } from './concentration.ts';
import { generalistSpecialistScore } from './generalist.ts';
import { intraListDiversity, novelty, popularityLift, serendipity } from './list-qualities.ts';

describe('concentration', () => {
  it('Gini and entropy of 1, 2, 3, 10', () => {
    // (-3·1 - 1·2 + 1·3 + 3·10) / (4 · 16) = 28 / 64.
    expect(gini([10, 1, 3, 2])).toBe(0.4375);
    expect(entropy([1, 2, 3, 10])).toBeCloseTo(1.0408398374232388, 12);
  });

  it('goes from 0 to (n - 1) / n, and is nothing of nothing', () => {
    expect(gini([4, 4, 4])).toBe(0);
    expect(gini([0, 0, 0, 7])).toBe(0.75);
    expect(entropy([4, 4, 4])).toBeCloseTo(Math.log(3), 12);
    for (const none of [[], [0, 0]]) expect([gini(none), entropy(none)]).toEqual([undefined, undefined]);
    expect(() => gini([-1, 2])).toThrow(RangeError);
  });

  it('does not ask for order or scale', () => {
    const counts = fc.array(fc.nat(20), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 9 }), (some, scale) => {
        fc.pre(some.some((count) => count > 0));
        // Half the mean absolute difference over the mean: another way to the same.
        const mean = some.reduce((sum, count) => sum + count, 0) / some.length;
        const differences = some.flatMap((a) => some.map((b) => Math.abs(a - b)));
        const expected = differences.reduce((sum, one) => sum + one, 0) / differences.length / (2 * mean);
        expect(gini(some)).toBeCloseTo(expected, 10);
        expect(gini(some.toReversed().map((count) => count * scale))).toBeCloseTo(expected, 10);
      }),
      { seed: 91 },
    );
  });
});

describe('calibration error', () => {
  it('of 70 % and 30 % against all of one: 0.7·ln(0.7 / 0.997) + 0.3·ln(0.3 / 0.003)', () => {
    expect(calibrationError([0.7, 0.3, 0], [1, 0, 0])).toBeCloseTo(1.133981751353524, 12);
    expect(calibrationError([0.7, 0.3, 0], [0.7, 0.3, 0])).toBeCloseTo(0, 12);
    expect(() => calibrationError([1], [1], 0)).toThrow(RangeError);
    expect(() => calibrationError([1], [0.5, 0.5])).toThrow(RangeError);
  });
});

describe('generalist-specialist score', () => {
  it('is the length of the weighted mean: (3 + √½, 1 + √½) / 5', () => {
    const half = Math.SQRT1_2;
    const vectors = [
      [1, 0],
      [half, half],
      [0, 1],
    ];
    expect(generalistSpecialistScore(vectors, [3, 1, 1])).toBeCloseTo(0.8162561913882769, 12);
    expect(generalistSpecialistScore([[1, 0]], [5])).toBe(1);
    expect(
      generalistSpecialistScore(
        [
          [1, 0],
          [-1, 0],
        ],
        [1, 1],
      ),
    ).toBeUndefined();
    expect(generalistSpecialistScore([], [])).toBeUndefined();
  });
});

describe('qualities of a list, by hand', () => {
  it('novelty, diversity, serendipity, popularity', () => {
    const known = [1, 0.5, 0.25];
    expect(novelty([0, 1, 2], (item) => known[item]!)).toBe(1);
    // Distances 1, 2, 1.
    expect(intraListDiversity([0, 1, 2], (a, b) => Math.abs(a - b))).toBeCloseTo(4 / 3, 12);
    expect(serendipity([0, 1, 2, 3], new Set([0, 1]), new Set([0]))).toBe(0.25);
    // Mean 0.75 against 0.5.
    expect(popularityLift([0, 1], [1], (item) => known[item]!)).toBe(0.5);
  });

  it('are none of an empty list', () => {
    expect(novelty([], () => 1)).toBeUndefined();
    expect(intraListDiversity([1], () => 1)).toBeUndefined();
    expect(serendipity([], new Set(), new Set())).toBeUndefined();
    expect(popularityLift([1], [], () => 1)).toBeUndefined();
  });
});

describe('lists of many listeners', () => {
  const facts: ItemFacts = {
    items: 10,
    knownBy: (item) => 1 / (item + 1),
    vector: (item) => (item % 2 === 0 ? [1, 0] : [0, 1]),
    genresOf: (item) => [item % 2],
    genres: 2,
    obvious: new Set([0, 1]),
  };
  const listener = (list: number[], own: number[]) => ({ list, own, plays: own.map(() => 1), useful: new Set(list) });

  it('have each measure per listener, its mean with an interval, and coverage and Gini of all', () => {
    const listeners = [listener([2, 3], [0, 1]), listener([2, 5], [2, 3]), listener([4, 6], [4])];
    const report = beyondAccuracy(listeners, facts, createRng(1));
    expect(report.listeners[2]).toMatchObject({
      intra_list_diversity: 0,
      calibration_error: 0,
      serendipity: 1,
      gs_score: 1,
    });
    expect(report.means.intra_list_diversity).toMatchObject({ ok: true, value: expect.closeTo(2 / 3, 12), n: 3 });
    expect(report.coverage).toMatchObject({ ok: true, value: 0.5, n: 3 });
    // Counts 2 1 1 1 1 and five zeros: Σ(2i - 11)·x / (10 · 6) = (1 + 3 + 5 + 7 + 2 · 9) / 60.
    expect(report.gini).toMatchObject({ ok: true, value: expect.closeTo(34 / 60, 12) });
    expect(beyondAccuracy(listeners, facts, createRng(1))).toEqual(report);
  });

  it('leaves out listeners for whom a measure is not defined, and has no number without listeners', () => {
    const report = beyondAccuracy(
      [listener([2, 3], [0]), listener([4], [1]), listener([1, 7], [1])],
      facts,
      createRng(1),
    );
    expect(report.means.intra_list_diversity).toMatchObject({ ok: true, n: 2 });
    expect(beyondAccuracy([], facts, createRng(1)).coverage).toEqual({ ok: false, reason: 'no_units' });
  });
});
