import { describe, expect, it } from 'vitest';
import { pseudoInverseWeights } from './pseudo-inverse.ts';

describe('pseudoInverseWeights', () => {
  it('are 1 + Σ (w_k − 1) when slots are drawn independently', () => {
    // Two slots, two items each: slot 1 takes item 0 with .7, slot 2 with .4.
    const logging = [0, 1].flatMap((first) =>
      [0, 1].map((second) => ({
        items: [first, second],
        probability: [0.7, 0.3][first]! * [0.4, 0.6][second]!,
      })),
    );
    const weight = pseudoInverseWeights(logging, Float64Array.of(0.2, 0.8, 0.5, 0.5), 2);
    // w_1 = .2 / .7, w_2 = .5 / .6
    expect(weight([0, 1])).toBeCloseTo(0.2 / 0.7 + 0.5 / 0.6 - 1, 9);
    expect(weight([1, 0])).toBeCloseTo(0.8 / 0.3 + 0.5 / 0.4 - 1, 9);
  });

  it('are unbiased for additive rewards where no item stands twice', () => {
    // All six orders of three items on two slots, unevenly.
    const pairs = [0, 1, 2].flatMap((first) =>
      [0, 1, 2].filter((item) => item !== first).map((second) => [first, second]),
    );
    const chances = [0.3, 0.2, 0.1, 0.15, 0.15, 0.1];
    const logging = pairs.map((items, n) => ({ items, probability: chances[n]! }));
    const target = pairs.map((_, n) => [0, 0.5, 0.2, 0, 0.1, 0.2][n]!);
    const marginals = new Float64Array(6);
    const brings = [0.1, 0.4, 0.9, 0.3, 0.2, 0.7];
    let truth = 0;
    pairs.forEach(([first = 0, second = 0], n) => {
      marginals[first]! += target[n]!;
      marginals[3 + second]! += target[n]!;
      truth += target[n]! * (brings[first]! + brings[3 + second]!);
    });
    const weight = pseudoInverseWeights(logging, marginals, 3);
    const mean = logging.reduce(
      (sum, { items, probability }) =>
        sum + probability * weight(items) * (brings[items[0]!]! + brings[3 + items[1]!]!),
      0,
    );
    expect(mean).toBeCloseTo(truth, 9);
  });
});
