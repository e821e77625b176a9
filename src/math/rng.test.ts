import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, shuffle } from './rng.ts';

const FIRST_OF_42 = [0.7138131203343989, 0.7948962464554185, 0.20740190074136633];
const FIRST_OF_USER_7 = [0.6831155025782235, 0.22720352084810713];

const draws = (rng: { next(): number }, n = 5): number[] => Array.from({ length: n }, () => rng.next());

describe('createRng', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    expect(draws(createRng('a'))).toEqual(draws(createRng('a')));
    expect(draws(createRng('a'))).not.toEqual(draws(createRng('b')));
    expect(draws(createRng(1))).not.toEqual(draws(createRng('1')));
  });

  it('is fixed for ever: these numbers are recorded in artifacts and slates', () => {
    expect(draws(createRng(42), 3)).toEqual(FIRST_OF_42);
    expect(draws(createRng(42).derive('user', 7), 2)).toEqual(FIRST_OF_USER_7);
  });

  it('derives by label only, never by what was drawn before', () => {
    const fresh = createRng(7).derive('user', 3);
    const used = createRng(7);
    draws(used, 100);
    expect(draws(used.derive('user', 3))).toEqual(draws(fresh));
  });

  it('derives in one step what it derives in two', () => {
    expect(draws(createRng(7).derive('a').derive(2))).toEqual(draws(createRng(7).derive('a', 2)));
  });

  it('keeps labels apart', () => {
    const labels = [['ab', 'c'], ['a', 'bc'], ['abc'], ['a', 'b', 'c'], ['1'], [1], ['']] as const;
    const firsts = labels.map((each) =>
      createRng(7)
        .derive(...each)
        .next(),
    );
    expect(new Set(firsts).size).toBe(labels.length);
  });

  it('draws integers evenly', () => {
    // 60,000 draws over 6 faces: each count is 10,000 with standard deviation 91; 5 of them is a false alarm in 3 million.
    const rng = createRng('die');
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) counts[rng.int(6)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(456);
  });

  it('refuses a range that is no positive integer', () => {
    for (const n of [0, -1, 1.5, Number.NaN]) expect(() => createRng(1).int(n)).toThrow(RangeError);
  });

  it('draws normals with mean 0, variance 1 and normal tails', () => {
    const rng = createRng('normal');
    const n = 100_000;
    const values = Array.from({ length: n }, () => rng.normal());
    const mean = values.reduce((a, b) => a + b, 0) / n;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
    const beyond = values.filter((value) => Math.abs(value) > 1.959964).length / n;
    // Five standard errors each: 1/√n, √(2/n), √(0.05·0.95/n).
    expect(Math.abs(mean)).toBeLessThan(0.0158);
    expect(Math.abs(variance - 1)).toBeLessThan(0.0224);
    expect(Math.abs(beyond - 0.05)).toBeLessThan(0.00345);
  });

  it('has no correlation between neighbouring streams', () => {
    const n = 20_000;
    let product = 0;
    for (let user = 0; user < n; user++) {
      const a = createRng(1).derive('user', user).next() - 0.5;
      const b =
        createRng(1)
          .derive('user', user + 1)
          .next() - 0.5;
      product += a * b;
    }
    // The mean product of independent uniforms has standard error 1/(12·√n).
    expect(Math.abs(product / n)).toBeLessThan(5 / (12 * Math.sqrt(n)));
  });
});

describe('shuffle', () => {
  it('keeps the values and puts each in each place equally often', () => {
    const rng = createRng('cards');
    const places = new Array<number>(16).fill(0);
    for (let round = 0; round < 8000; round++) {
      const cards = shuffle([0, 1, 2, 3], rng);
      expect(cards.toSorted()).toEqual([0, 1, 2, 3]);
      cards.forEach((card, place) => {
        places[card * 4 + place]!++;
      });
    }
    // 2,000 expected, standard deviation 38.7.
    for (const count of places) expect(Math.abs(count - 2000)).toBeLessThan(194);
  });

  it('works on typed arrays in place', () => {
    fc.assert(
      fc.property(fc.uint32Array({ maxLength: 50 }), fc.integer(), (values, seed) => {
        const before = values.slice().sort();
        expect(shuffle(values, createRng(seed))).toBe(values);
        expect(values.slice().sort()).toEqual(before);
      }),
      { seed: 1 },
    );
  });
});
