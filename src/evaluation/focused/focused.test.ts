import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageInterpolatedPrecision, focusedCurve, interpolatedPrecisionAt, sizesOf } from './focused-curve.ts';
import {
  averageGeneralizedPrecision,
  bestInContext,
  entryScore,
  generalizedPrecision,
  generalizedRecallAt,
  relevantInContext,
} from './in-context.ts';
import { type RetrievedPart, relevantSpans, type Span, unionOf } from './parts.ts';
import { tolerancePrecisionAt, tolerantListening } from './tolerance.ts';

const part = (source: string, start: number, end: number, jumpIn = start): RetrievedPart => ({
  source,
  start,
  end,
  jumpIn,
  rank: 0,
});

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 10));

describe('focused: five parts by hand', () => {
  // Seconds returned and relevant: 100 80, 200 0, 50 50, 150 30, 100 0; 200 relevant in all.
  const sizes = [
    [100, 80],
    [200, 0],
    [50, 50],
    [150, 30],
    [100, 0],
  ].map(([size = 0, relevant = 0]) => ({ size, relevant }));
  const curve = focusedCurve(sizes, 200);

  it('P[r] and R[r] are sums over sums', () => {
    // 80/100, 80/300, 130/350, 160/500, 160/600.
    expect(curve.precision).toEqual(close([0.8, 0.2666666667, 0.3714285714, 0.32, 0.2666666667]));
    expect(curve.recall).toEqual(close([0.4, 0.4, 0.65, 0.8, 0.8]));
  });

  it('iP[x] is the best precision from that recall on, 0 beyond what was reached', () => {
    expect([0, 0.01, 0.05, 0.1, 0.4, 0.5, 0.65, 0.8, 0.81].map((x) => interpolatedPrecisionAt(curve, x))).toEqual(
      close([0.8, 0.8, 0.8, 0.8, 0.8, 13 / 35, 13 / 35, 0.32, 0]),
    );
  });

  it('AiP averages 101 points: 41 of 0.8, 25 of 13/35, 15 of 0.32, 20 of 0', () => {
    expect(averageInterpolatedPrecision(curve)).toBeCloseTo(0.46421499292786433, 12);
    expect(averageInterpolatedPrecision(curve)).toBeCloseTo((41 * 0.8 + (25 * 13) / 35 + 15 * 0.32) / 101, 12);
  });
});

describe('overlaps', () => {
  const relevant = relevantSpans([{ source: 'a', start: 10, end: 40, relevance: 1 }]);

  it('count a second once; what it costs again is a choice', () => {
    const ranking = [part('a', 0, 20), part('a', 15, 30), part('b', 0, 10)];
    expect(sizesOf(ranking, relevant, 'counted')).toEqual([
      { size: 20, relevant: 10 },
      { size: 15, relevant: 10 },
      { size: 10, relevant: 0 },
    ]);
    expect(sizesOf(ranking, relevant, 'removed').map(({ size }) => size)).toEqual([20, 10, 10]);
  });

  it('are united as seconds are', () => {
    const spans = fc.array(
      fc.tuple(fc.nat(30), fc.nat(12)).map(([start, length]): Span => [start, start + length]),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(spans, (some) => {
        const seconds = new Set(
          some.flatMap(([start, end]) => Array.from({ length: end - start }, (_, n) => start + n)),
        );
        const union = unionOf(some);
        expect(
          new Set(union.flatMap(([start, end]) => Array.from({ length: end - start }, (_, n) => start + n))),
        ).toEqual(seconds);
        for (let n = 1; n < union.length; n++) expect(union[n]![0]).toBeGreaterThan(union[n - 1]![1]);
      }),
      { seed: 81 },
    );
  });
});

describe('every ranking', () => {
  const spans = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(50), fc.integer({ min: 1, max: 20 })), {
    minLength: 1,
    maxLength: 8,
  });
  const judgedOf = (some: readonly (readonly [string, number, number])[]) =>
    some.map(([source, start, length]) => ({ source, start, end: start + length, relevance: 1 }));
  const aip = (ranking: readonly RetrievedPart[], relevant: ReadonlyMap<string, readonly Span[]>): number => {
    const seconds = [...relevant.values()].flat().reduce((sum, [start, end]) => sum + end - start, 0);
    return averageInterpolatedPrecision(focusedCurve(sizesOf(ranking, relevant, 'removed'), seconds));
  };

  it('that returns just what is relevant has AiP 1', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const relevant = relevantSpans(judgedOf(some));
        const ranking = [...relevant].flatMap(([source, all]) => all.map(([start, end]) => part(source, start, end)));
        expect(aip(ranking, relevant)).toBeCloseTo(1, 12);
      }),
      { seed: 82 },
    );
  });

  it('is not made better by seconds that are not relevant, and stays in [0, 1]', () => {
    fc.assert(
      fc.property(spans, spans, fc.nat(8), (some, returned, at) => {
        const relevant = relevantSpans(judgedOf(some));
        const ranking = returned.map(([source, start, length]) => part(source, start, start + length));
        const before = aip(ranking, relevant);
        const longer = ranking.toSpliced(at, 0, part('nothing', 0, 30));
        expect(before).toBeGreaterThanOrEqual(0);
        expect(before).toBeLessThanOrEqual(1 + 1e-12);
        expect(aip(longer, relevant)).toBeLessThanOrEqual(before + 1e-12);
      }),
      { seed: 83 },
    );
  });
});

describe('in context: four recordings by hand', () => {
  // Seconds returned, relevant among them, relevant in the recording; all four are relevant to the topic but the second.
  const seconds = [
    [100, 80, 100],
    [300, 0, 0],
    [50, 50, 200],
    [10, 10, 10],
  ].map(([returned = 0, found = 0, relevant = 0]) => ({ returned, found, relevant }));

  it('F1: P and R weigh the same', () => {
    const scores = relevantInContext(seconds, 1);
    // 0.8 and 0.8; none; 1 and 0.25: 2 · 0.25 / 1.25; 1 and 1.
    expect(scores.map(({ score }) => score)).toEqual(close([0.8, 0, 0.4, 1]));
    expect(generalizedPrecision(scores)).toEqual(close([0.8, 0.4, 0.4, 0.55]));
    // Ranks 1, 3 and 4 are of relevant recordings: (0.8 + 0.4 + 0.55) / 4.
    expect(averageGeneralizedPrecision(scores, 4)).toBeCloseTo(0.4375, 12);
    expect(generalizedRecallAt(scores, 3, 4)).toBe(0.5);
  });

  it('F1/4 weighs precision more', () => {
    const scores = relevantInContext(seconds, 0.25);
    // Third: 17/16 · 1 · 1/4 / (1/16 + 1/4) = 0.85.
    expect(scores.map(({ score }) => score)).toEqual(close([0.8, 0, 0.85, 1]));
    expect(averageGeneralizedPrecision(scores, 4)).toBeCloseTo(0.503125, 12);
  });

  it('best entry: 1 at it, 0 from 60 seconds on', () => {
    expect([0, 15, 60, 90].map((distance) => entryScore(distance, 60))).toEqual([1, 0.75, 0, 0]);
    const relevant = new Map(['a', 'b', 'c', 'd'].map((source): [string, Span[]] => [source, [[100, 130]]]));
    const ranking = [
      part('a', 90, 200, 100),
      part('b', 0, 9, 115),
      part('c', 0, 9, 40),
      part('d', 0, 9, 10),
      part('a', 0, 1),
    ];
    const scores = bestInContext(ranking, relevant, 60);
    expect(generalizedPrecision(scores)).toEqual(close([1, 0.875, 1.75 / 3, 0.4375]));
    expect(averageGeneralizedPrecision(scores, 4)).toBeCloseTo(0.7239583333, 10);
  });
});

describe('a listener with 15 seconds of patience', () => {
  const relevant = new Map<string, Span[]>([
    [
      'a',
      [
        [20, 40],
        [50, 60],
        [90, 100],
      ],
    ],
  ]);

  it('stays while something relevant follows in time', () => {
    // In at 10: 20-40 begins within 15 s, 50-60 within 15 s of 40, 90 not of 60: out at 75, 30 s gained of 65.
    const [first, ...rest] = tolerantListening([part('a', 10, 12), part('a', 55, 60), part('a', 80, 99)], relevant, 15);
    expect(first).toEqual({ heard: 65, gained: 30 });
    // 55 was heard: skipped at once. In at 80: 90-100, then out at 115.
    expect(rest).toEqual([
      { heard: 0, gained: 0 },
      { heard: 35, gained: 10 },
    ]);
    expect(tolerancePrecisionAt([first!, ...rest], 10)).toBe(0.4);
    expect(tolerancePrecisionAt([], 5)).toBe(0);
  });

  it('goes when nothing does, and gains nothing twice', () => {
    expect(tolerantListening([part('a', 3, 99), part('b', 0, 9)], relevant, 15)).toEqual([
      { heard: 15, gained: 0 },
      { heard: 15, gained: 0 },
    ]);
    const [, again] = tolerantListening([part('a', 30, 31), part('a', 10, 11)], relevant, 15);
    // From 30 on all up to 75 was heard; in at 10 only 20-30 is new.
    expect(again).toEqual({ heard: 65, gained: 10 });
  });
});
