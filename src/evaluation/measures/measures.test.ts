import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { ndcg } from './ndcg.ts';
import { parseMeasure } from './parse-measure.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';

const binary = (...ids: string[]): Map<string, number> => new Map(ids.map((id) => [id, 1]));

describe('measures done by hand', () => {
  // Ranking a x b y, relevant a, b, c: hits at ranks 1 and 3.
  const ranking = ['a', 'x', 'b', 'y'];
  const judgments = binary('a', 'b', 'c');

  it('ndcg: linear gain, log2(rank + 1)', () => {
    // DCG = 1/log2(2) + 1/log2(4) = 1.5; ideal at 3: 1 + 1/log2(3) + 1/2 = 2.13093.
    expect(ndcg(4).compute(ranking, judgments)).toBeCloseTo(1.5 / 2.1309297536, 9);
    // Cut at 2, the ideal is cut too: 1 / (1 + 0.63093).
    expect(ndcg(2).compute(ranking, judgments)).toBeCloseTo(1 / 1.6309297536, 9);
  });

  it('ndcg: graded gains count linearly, negative ones nothing', () => {
    // DCG = 1/1 + 3/1.58496 = 2.89279; ideal = 3/1 + 1/1.58496 = 3.63093.
    const graded = new Map([
      ['a', 3],
      ['x', 1],
      ['b', -2],
    ]);
    expect(ndcg(10).compute(['x', 'a', 'b'], graded)).toBeCloseTo(2.8927892607 / 3.6309297536, 9);
  });

  it('precision divides by the cutoff, recall by all that is relevant', () => {
    expect(precision(4).compute(ranking, judgments)).toBe(0.5);
    expect(precision(10).compute(ranking, judgments)).toBe(0.2);
    expect(recall(1).compute(ranking, judgments)).toBeCloseTo(1 / 3, 12);
    expect(recall(4).compute(ranking, judgments)).toBeCloseTo(2 / 3, 12);
  });

  it('takes typed arrays of item indices', () => {
    expect(recall(2).compute(Uint32Array.of(7, 3), new Map([[3, 1]]))).toBe(1);
  });
});

describe('every measure', () => {
  const all = [1, 5, 10].flatMap((k) => [ndcg(k), precision(k), recall(k)]);
  const cases = fc.record({
    ranking: fc.uniqueArray(fc.nat(30), { maxLength: 20 }),
    relevant: fc.uniqueArray(fc.nat(30), { maxLength: 20 }),
  });

  it('is undefined, not 0, when nothing is relevant', () => {
    for (const measure of all) {
      expect(measure.compute(['a'], new Map())).toBeUndefined();
      expect(measure.compute(['a'], new Map([['a', 0]]))).toBeUndefined();
      expect(measure.compute([], binary('a'))).toBe(0);
    }
  });

  it('lies in [0, 1], and never falls when a relevant item moves up one rank', () => {
    fc.assert(
      fc.property(cases, ({ ranking, relevant }) => {
        fc.pre(relevant.length > 0);
        const judgments = new Map(relevant.map((id) => [id, 1]));
        const at = ranking.findIndex((id, n) => n > 0 && judgments.has(id) && !judgments.has(ranking[n - 1]!));
        const better = ranking.slice();
        if (at > 0) [better[at - 1], better[at]] = [ranking[at]!, ranking[at - 1]!];
        for (const measure of all) {
          const value = measure.compute(ranking, judgments)!;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
          expect(measure.compute(better, judgments)!).toBeGreaterThanOrEqual(value);
        }
      }),
      { seed: 8 },
    );
  });

  it('is 1 for the ideal ranking, as far as the cutoff allows', () => {
    fc.assert(
      fc.property(cases, ({ relevant }) => {
        fc.pre(relevant.length > 0);
        const judgments = new Map(relevant.map((id) => [id, 1]));
        expect(ndcg(10).compute(relevant, judgments)).toBeCloseTo(1, 12);
        expect(precision(10).compute(relevant, judgments)).toBeCloseTo(Math.min(1, relevant.length / 10), 12);
        expect(recall(10).compute(relevant, judgments)).toBeCloseTo(Math.min(1, 10 / relevant.length), 12);
      }),
      { seed: 9 },
    );
  });

  it('has a name that reads back', () => {
    for (const measure of all) {
      const again = parseMeasure(measure.name);
      expect(again.name).toBe(measure.name);
      expect(again.cutoff).toBe(measure.cutoff);
      expect(again.compute(['x', 'a'], binary('a', 'b'))).toBe(measure.compute(['x', 'a'], binary('a', 'b')));
    }
  });

  it('refuses names of no measure', () => {
    for (const name of ['ndcg', 'ndcg@0', 'ndcg@1.5', 'map@10', 'toString@3', '']) {
      expect(() => parseMeasure(name)).toThrow(EngineError);
    }
  });
});
