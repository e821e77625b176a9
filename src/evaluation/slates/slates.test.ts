import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { groupJackknife } from '../off-policy/group-jackknife.ts';
import { pointOf } from '../off-policy/terms.ts';
import { evaluateSlates } from './evaluate-slates.ts';
import { drawPolicySlates, expectSlots, fitRewardChain, predictLoggedSlots, withoutDraws } from './reward-chain.ts';
import { SLATE_ESTIMATORS } from './slate-estimators.ts';
import { type SlateRounds, toSlateRounds } from './slate-rounds.ts';
import { lookBackWeights, prefixWeights } from './slate-weights.ts';

const estimate = (name: string, rounds: SlateRounds): number | undefined =>
  pointOf(SLATE_ESTIMATORS.find((one) => one.name === name)!.parts(rounds));

/** Weights by slate: (2, .5) (.5, 2) (1, 1); rewards (1, 0) (0, 1) (1, 1). */
const THREE: SlateRounds = {
  size: 3,
  slots: 2,
  weights: Float64Array.of(2, 0.5, 0.5, 2, 1, 1),
  rewards: Float64Array.of(1, 0, 0, 1, 1, 1),
  slotModel: undefined,
  cascadeModel: undefined,
};

describe('estimators on three slates of two', () => {
  it.each([
    // Whole slates weigh 1 each: mean of 1, 1, 2.
    ['is', 4 / 3],
    ['snips', 4 / 3],
    // Slot 1: (2 + 0 + 1) / 3; slot 2: (0 + 2 + 1) / 3.
    ['iips', 2],
    // Slot 1: 3 / 3.5; slot 2: 3 / 3.5.
    ['iips_sn', 1.7142857142857142],
    // Slot 1: 3 / 3; slot 2: prefixes 1, 1, 1: 2 / 3.
    ['pips', 5 / 3],
    // Slot 1: 3 / 3.5 = .857143; slot 2: 2 / 3.
    ['rips', 1.5238095238095237],
    // 1 + Σ (w − 1): 1.5, 1.5, 1; times 1, 1, 2; over 3.
    ['pi', 5 / 3],
  ])('%s is %d', (name, expected) => {
    expect(estimate(name, THREE)).toBeCloseTo(expected, 12);
  });

  it('has the weights 1.714 .429 .857 at the first slot of RIPS and 1 at the second', () => {
    const normalised = prefixWeights(THREE).map((own) => {
      const sum = own.reduce((total, weight) => total + weight, 0);
      return Array.from(own, (weight) => (3 * weight) / sum);
    });
    const expected = [
      [1.7142857142857142, 0.42857142857142855, 0.8571428571428571],
      [1, 1, 1],
    ];
    normalised.forEach((own, slot) => {
      own.forEach((weight, n) => {
        expect(weight).toBeCloseTo(expected[slot]![n]!, 12);
      });
    });
  });

  it('stops to look back where the effective size would grow', () => {
    // Slot 2 alone: (3.5)² / 5.25 = 2.33 slates; with slot 1 all weigh 1: 3 slates, more, so slot 2 stays alone.
    expect([...lookBackWeights(THREE, 1e-4)[1]!]).toEqual([0.5, 2, 1]);
    expect(estimate('rips_lookback', THREE)).toBeCloseTo(estimate('iips_sn', THREE)!, 12);
  });
});

const anySlates = (slots: number) =>
  fc
    .array(
      fc.record({
        rewards: fc.array(fc.constantFrom(0, 1), { minLength: slots, maxLength: slots }),
        logged: fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: slots, maxLength: slots }),
        target: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: slots, maxLength: slots }),
      }),
      { minLength: 2, maxLength: 20 },
    )
    .map((rows) =>
      toSlateRounds({
        slots,
        rewards: Float64Array.from(rows.flatMap((row) => row.rewards)),
        loggedProbabilities: Float64Array.from(rows.flatMap((row) => row.logged)),
        targetProbabilities: Float64Array.from(rows.flatMap((row) => row.target)),
      }),
    );

describe('relations', () => {
  it('with one slot all self-normalised ones are snips, all others ips', () => {
    fc.assert(
      fc.property(anySlates(1), (rounds) => {
        for (const name of ['iips_sn', 'rips', 'rips_lookback']) {
          expect(estimate(name, rounds)).toBeCloseTo(estimate('snips', rounds)!, 9);
        }
        for (const name of ['iips', 'pips', 'pi'])
          expect(estimate(name, rounds)).toBeCloseTo(estimate('is', rounds)!, 9);
      }),
      { seed: 36, numRuns: 200 },
    );
  });

  it('a model that predicts nothing leaves cascade DR to prefix weights', () => {
    fc.assert(
      fc.property(anySlates(3), (rounds) => {
        const nothing = { logged: new Float64Array(rounds.size * 3), expected: new Float64Array(rounds.size * 3) };
        const value = estimate('cascade_dr', { ...rounds, cascadeModel: nothing });
        expect(value).toBeCloseTo(estimate('pips', rounds)!, 9);
      }),
      { seed: 36, numRuns: 100 },
    );
  });
});

describe('the reward chain', () => {
  const data = {
    slots: 2,
    contexts: Uint32Array.of(0, 0, 0, 0),
    contextCount: 1,
    items: Uint32Array.of(0, 1, 0, 1, 0, 1, 1, 0),
    itemCount: 2,
    rewards: Float64Array.of(1, 1, 0, 0, 1, 1, 0, 1),
  };

  it('has the rate of each item after a reward and after none, drawn a little to the whole', () => {
    const chain = fitRewardChain(data);
    // Item 0 after none: 1, 0, 1 and, after the unrewarded item 1, 1: 3 of 4. Item 1 after a reward: 2 of 2.
    expect(chain.probabilities[0]).toBeCloseTo(0.75, 1);
    expect(chain.probabilities[3]).toBeCloseTo(1, 1);
    // Item 1 after none: 0 of 2.
    expect(chain.probabilities[2]).toBeCloseTo(0, 1);
  });

  it('sums out the rewards above', () => {
    const chain = { itemCount: 2, probabilities: Float64Array.of(0.5, 0.9, 0.2, 0.6) };
    const predicted = predictLoggedSlots(chain, data);
    // .5, then .5 · .2 + .5 · .6 = .4; the last slate: .2, then .8 · .5 + .2 · .9 = .58.
    expect(predicted[0]).toBeCloseTo(0.5, 12);
    expect(predicted[1]).toBeCloseTo(0.4, 12);
    expect(predicted[7]).toBeCloseTo(0.58, 12);
  });

  it('takes expectations over what the judged policy draws', () => {
    const chain = { itemCount: 2, probabilities: Float64Array.of(0.5, 0.9, 0.2, 0.6) };
    const draw = (_: number, into: Uint32Array) => void into.set([0, 1]);
    const draws = drawPolicySlates({ contextCount: 1, draws: 3, slots: 2 }, draw, createRng(1));
    const expected = expectSlots(chain, draws);
    expect(expected[0]).toBeCloseTo(0.5, 12);
    expect(expected[1]).toBeCloseTo(0.4, 12);
  });
});

describe('a report on slates', () => {
  it('lists what the rounds allow, and effective sizes by slot', () => {
    const report = evaluateSlates(THREE, createRng(1), { resamples: 50 });
    expect(report.estimates.map(({ name }) => name)).toEqual(
      SLATE_ESTIMATORS.filter(({ needs }) => needs === 'nothing').map(({ name }) => name),
    );
    // 3.5² / 5.25, and 3 of 3.
    expect(report.bySlot[0]!.effectiveSize).toBeCloseTo(3.5 ** 2 / 5.25, 12);
    expect(report.bySlot[1]!.effectiveSize).toBeCloseTo(3, 12);
    expect(report.trust.level).toBe('no');
  });

  it('refuses slates that are not whole', () => {
    const one = Float64Array.of(1, 1, 1);
    expect(() => toSlateRounds({ slots: 2, rewards: one, loggedProbabilities: one, targetProbabilities: one })).toThrow(
      '3 rewards in slates of 2 slots',
    );
    const two = Float64Array.of(1, 0);
    expect(() => toSlateRounds({ slots: 2, rewards: two, loggedProbabilities: two, targetProbabilities: two })).toThrow(
      'slate 1, slot 2: logged probability 0',
    );
  });
});

describe('withoutDraws', () => {
  it('leaves out every third draw of each context, and so each draw once', () => {
    const items = Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    const draws = { draws: 6, slots: 1, items };
    expect([...withoutDraws(draws, 1, 3).items]).toEqual([0, 2, 3, 5, 6, 8, 9, 11]);
    const left = [0, 1, 2].flatMap((group) => {
      const kept = new Set(withoutDraws(draws, group, 3).items);
      return [...items].filter((item) => !kept.has(item));
    });
    expect(left.sort((a, b) => a - b)).toEqual([...items]);
  });
});

describe('groupJackknife', () => {
  it('of a mean has the spread of the means without each group', () => {
    const values = [1, 2, 3, 4, 5, 6];
    const mean = (places: Uint32Array) => places.reduce((sum, n) => sum + values[n]!, 0) / places.length;
    const estimated = groupJackknife(6, 6, mean, createRng(1));
    // With groups of one it is the usual standard error: s² / 6 with s² = 3.5; t on 5 degrees of freedom.
    const half = estimated.ok ? estimated.interval.upper - estimated.value : 0;
    expect(half).toBeCloseTo(2.5705818366147395 * Math.sqrt(3.5 / 6), 8);
    expect(groupJackknife(3, 6, mean, createRng(1))).toEqual({ ok: false, reason: 'too_few_units' });
  });
});
