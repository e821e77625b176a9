import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { auc } from './auc.ts';
import { averageAccuracy } from './average-accuracy.ts';
import { expectedReciprocalRank, satisfaction } from './cascade.ts';
import { cwlScores } from './cwl/cwl.ts';
import { fitContinuation } from './cwl/fit-continuation.ts';
import { dcgModel, fittedModel, instModel, precisionModel, rbpModel, type UserModel } from './cwl/user-model.ts';
import { alphaDcg, greedyAlphaDcg } from './diversity.ts';
import { parseMeasure } from './parse-measure.ts';

const gains = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe('C/W/L', () => {
  it('is precision, rank-biased precision and DCG for their listeners', () => {
    const some = [1, 0, 1, 1];
    expect(cwlScores(some, precisionModel(3))).toEqual({ utility: 2 / 3, totalUtility: 2, depth: 3 });
    // A ranking that ends before k is looked at to k all the same.
    expect(cwlScores(some, precisionModel(10))).toEqual({ utility: 0.3, totalUtility: 3, depth: 10 });
    // (1 - p)·(1 + p² + p³).
    expect(cwlScores(some, rbpModel(0.8)).utility).toBeCloseTo(0.2 * (1 + 0.64 + 0.512), 12);
    expect(cwlScores(some, rbpModel(0.8)).depth).toBeCloseTo(5, 12);
    const weights = [1, 1 / Math.log2(3), 0.5, 1 / Math.log2(5), 1 / Math.log2(6)];
    const dcg = weights[0]! + weights[2]! + weights[3]!;
    expect(cwlScores(some, dcgModel(5)).utility).toBeCloseTo(dcg / weights.reduce((sum, one) => sum + one, 0), 12);
  });

  it('sums endless rankings in closed form', () => {
    const models = [
      rbpModel(0.9),
      instModel(1),
      instModel(4.5),
      fittedModel([0.9, 0.5, 0.7]),
      precisionModel(20),
      dcgModel(20),
    ];
    const byHand = (some: readonly number[], model: UserModel, ranks: number) => {
      let viewing = 1;
      let gained = 0;
      let depth = 0;
      let total = 0;
      for (let rank = 1; rank <= ranks; rank++) {
        const gain = some[rank - 1] ?? 0;
        gained += gain;
        depth += viewing;
        total += viewing * gain;
        viewing *= model.continuation({ rank, gain, gained });
      }
      return { depth, utility: total / depth };
    };
    fc.assert(
      fc.property(gains, fc.constantFrom(...models), (some, model) => {
        const { depth, utility } = cwlScores(some, model);
        const expected = byHand(some, model, 50_000);
        // INST looks at (reach²/rank) more beyond the ranks summed here.
        expect(Math.abs(depth - expected.depth)).toBeLessThan(0.01);
        expect(utility).toBeCloseTo(expected.utility, 3);
      }),
      { seed: 101, numRuns: 60 },
    );
  });

  it('lies in [0, 1], grows with a gain under a fixed law, and INST stops the sooner for what was found', () => {
    const fixed = fc.constantFrom(rbpModel(0.7), fittedModel([0.9, 0.4]), precisionModel(5), dcgModel(9));
    fc.assert(
      fc.property(gains, fixed, fc.nat(11), (some, model, at) => {
        fc.pre(at < some.length);
        const { utility } = cwlScores(some, model);
        expect(utility).toBeGreaterThanOrEqual(0);
        expect(utility).toBeLessThanOrEqual(1 + 1e-12);
        expect(cwlScores(some.with(at, 1), model).utility).toBeGreaterThanOrEqual(utility - 1e-12);
      }),
      { seed: 102 },
    );
    expect(cwlScores([1, 1, 1], instModel(2)).depth).toBeLessThan(cwlScores([0, 0, 0], instModel(2)).depth);
  });
});

describe('a law measured in logs', () => {
  it('is the share that went on, by hand', () => {
    // Five visits: to ranks 1, 2, 2, 3, and one to the end of its page at 2. C(1) = 4/5; at 2 four are there, one of them at
    // the end: 1/3; nobody goes on from 3.
    const visit = (deepestRank: number, atEnd = false) => ({ device: 'mobile', deepestRank, atEnd });
    const [law] = fitContinuation([visit(1), visit(2), visit(2), visit(3), visit(2, true)], 1);
    expect(law?.continuations.map((estimate) => estimate.ok && [estimate.value, estimate.n])).toEqual([
      [4 / 5, 5],
      [1 / 3, 3],
      [0, 1],
    ]);
    // Beyond what was seen nobody goes on.
    expect(law?.model?.name).toBe(`fitted(c=0.8;${1 / 3};0;0)`);
  });

  it('finds the law of each device again, whatever the pages end at', () => {
    const laws = { desktop: 0.5, mobile: 0.85 };
    const visits = Object.entries(laws).flatMap(([device, on]) => {
      const rng = createRng(103).derive(device);
      return Array.from({ length: 20_000 }, () => {
        const end = 5 + rng.int(10);
        let rank = 1;
        while (rank < end && rng.next() < on) rank++;
        // One that reached the end might have gone on.
        return { device, deepestRank: rank, atEnd: rank === end };
      });
    });
    const fitted = fitContinuation(visits);
    expect(fitted.map(({ device }) => device)).toEqual(['desktop', 'mobile']);
    for (const { device, continuations } of fitted) {
      for (const estimate of continuations) {
        if (!estimate.ok) throw new Error(estimate.reason);
        // Four standard errors: some 20 shares, one false alarm in 800 seeds.
        const law = laws[device as keyof typeof laws];
        expect(Math.abs(estimate.value - law)).toBeLessThan(4 * Math.sqrt((law * (1 - law)) / estimate.n));
      }
    }
    // A ranking that is good from rank 3 on is worth more to who scrolls.
    const late = [0, 0, 1, 1, 1, 1];
    const [desktop, mobile] = fitted.map(({ model }) => cwlScores(late, model!).utility);
    expect(mobile).toBeGreaterThan(1.5 * desktop!);
  });

  it('says nothing of devices with too few visits', () => {
    const [law] = fitContinuation([{ device: 'tv', deepestRank: 3, atEnd: false }]);
    expect(law).toMatchObject({ device: 'tv', visits: 1, continuations: [], model: undefined });
  });
});

describe('expected reciprocal rank', () => {
  it('by hand: levels 3, 2, 4 of 4', () => {
    const chances = [3, 2, 4].map((level) => satisfaction(level, 4));
    expect(chances).toEqual([7 / 16, 3 / 16, 15 / 16]);
    expect(expectedReciprocalRank(chances, 3)).toBeCloseTo(
      7 / 16 + ((9 / 16) * (3 / 16)) / 2 + ((9 / 16) * (13 / 16) * (15 / 16)) / 3,
      12,
    );
    expect(expectedReciprocalRank(chances, 1)).toBe(7 / 16);
    expect([satisfaction(-1, 4), satisfaction(0, 4), satisfaction(9, 4)]).toEqual([0, 0, 15 / 16]);
  });
});

describe('α-DCG', () => {
  it('halves what was said before', () => {
    // Aspects 0, 0 and 1: 1, then (1/2 + 1) / log2 3.
    expect(alphaDcg([[0], [0, 1]], 0.5, 10)).toBeCloseTo(1 + 1.5 / Math.log2(3), 12);
    expect(alphaDcg([[0], [0, 1]], 0.5, 1)).toBe(1);
    // Greedy: the document with two aspects first, then half of one.
    expect(greedyAlphaDcg([[0], [0, 1]], 0.5, 10)).toBeCloseTo(2 + 0.5 / Math.log2(3), 12);
  });

  it('with α = 0 is DCG, whose greedy order is the best', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(3), { maxLength: 4 }), { maxLength: 6 }), (documents) => {
        const greedy = greedyAlphaDcg(documents, 0, 6);
        expect(alphaDcg(documents, 0, 6)).toBeLessThanOrEqual(greedy + 1e-12);
        const sorted = documents.toSorted((a, b) => b.length - a.length);
        expect(greedy).toBeCloseTo(alphaDcg(sorted, 0, 6), 12);
      }),
      { seed: 104 },
    );
  });
});

describe('AUC', () => {
  it('counts pairs, ties as half', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.boolean()), { maxLength: 15 }), (rows) => {
        const [positive, negative] = [true, false].map((label) =>
          rows.filter(([, is]) => is === label).map(([s]) => s),
        );
        const pairs = positive!.flatMap((a) => negative!.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const expected = pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length;
        const value = auc(
          rows.map(([score]) => score),
          rows.map(([, is]) => is),
        );
        if (pairs.length === 0) expect(value).toBeUndefined();
        else expect(value).toBeCloseTo(expected, 12);
      }),
      { seed: 105 },
    );
  });
});

describe('average accuracy of a session', () => {
  it('right at 1, 2, 4 and 5 of skips 1 0 1 1 0: (1 + 1 + 3/4 + 4/5) / 5', () => {
    expect(averageAccuracy([1, 0, 1, 1, 0], [1, 0, 0, 1, 0])).toBeCloseTo(0.71, 12);
    // Right at 2, 3, 4, 5: (1/2 + 2/3 + 3/4 + 4/5) / 5.
    expect(averageAccuracy([1, 0, 1, 1, 0], [0, 0, 1, 1, 0])).toBeCloseTo(0.5433333333333333, 12);
    expect(averageAccuracy([], [])).toBeUndefined();
    expect(() => averageAccuracy([1], [])).toThrow(RangeError);
  });
});

describe('names of measures of listeners', () => {
  const positive = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  const cutoff = fc.integer({ min: 1, max: 2000 });
  const names = fc.oneof(
    fc.tuple(positive, cutoff).map(([p, k]) => `rbp(p=${p})@${k}`),
    fc.tuple(fc.double({ min: 0.1, max: 50, noNaN: true }), cutoff).map(([t, k]) => `inst(t=${t},max=3)@${k}`),
    fc
      .tuple(fc.array(positive, { minLength: 1, maxLength: 5 }), cutoff)
      .map(([c, k]) => `fitted(c=${c.join(';')})@${k}`),
    fc.tuple(fc.constantFrom('err', 'err(max=2)', 'judged', 'ndcg'), cutoff).map(([name, k]) => `${name}@${k}`),
  );

  it('read back, and name what computes', () => {
    const judgments = new Map([
      ['a', 2],
      ['b', 1],
      ['c', 0],
    ]);
    fc.assert(
      fc.property(names, (name) => {
        const measure = parseMeasure(name);
        expect(measure.name).toBe(name);
        const value = measure.compute(['c', 'a', 'x', 'b'], judgments)!;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(parseMeasure(measure.name).compute(['c', 'a', 'x', 'b'], judgments)).toBe(value);
      }),
      { seed: 106 },
    );
    expect(parseMeasure('judged@4').compute(['c', 'a', 'x', 'b'], judgments)).toBe(0.75);
    expect(parseMeasure('rbp@4').name).toBe('rbp(p=0.8)@4');
    expect(parseMeasure('err@4').compute(['a'], new Map())).toBeUndefined();
  });

  it('are refused when a number makes no listener', () => {
    const wrong = [
      'rbp(p=1)@5',
      'rbp(p=x)@5',
      'rbp(q=0.5)@5',
      'rbp(p=0.5,p=0.6)@5',
      'inst(t=0)@5',
      'fitted@5',
      'fitted(c=1)@5',
      'fitted(c=0.5;)@5',
      'rbp(p=0.5)',
      'ndcg(p=1)@5',
      'rbp(max=0)@3',
    ];
    for (const name of wrong) expect(() => parseMeasure(name), name).toThrow(/measure|expected|fitted/);
  });
});
