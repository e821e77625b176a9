import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { crossFit, mrdrWeights } from './cross-fit.ts';
import { marginalWeights } from './marginal-weights.ts';
import { resampledSums } from './resample.ts';
import { toPolicyRounds } from './rounds.ts';
import { chooseBySlope } from './slope.ts';

const columns = (over: Partial<Parameters<typeof toPolicyRounds>[0]>) => ({
  rewards: Float64Array.of(1, 0),
  loggedProbabilities: Float64Array.of(0.5, 0.5),
  targetProbabilities: Float64Array.of(0.5, 1),
  ...over,
});

describe('rounds', () => {
  it.each([
    [{ rewards: new Float64Array(0) }, 'the log has no rounds'],
    [{ rewards: Float64Array.of(1, Number.NaN) }, 'round 2: reward NaN'],
    [{ loggedProbabilities: Float64Array.of(0, 1) }, 'round 1: logged probability 0'],
    [{ targetProbabilities: Float64Array.of(0.5, 1.5) }, 'round 2: target probability 1.5'],
    [{ targetProbabilities: Float64Array.of(0.5) }, '1 values of target probability for 2 rounds'],
  ])('refuse %o', (over, message) => {
    expect(() => toPolicyRounds(columns(over))).toThrow(message);
  });
});

describe('crossFit', () => {
  it('never predicts a round by a model that has seen it, and predicts each once', () => {
    const seen: Uint32Array[] = [];
    const predictions = crossFit(
      {
        rounds: 10,
        logged: Uint32Array.from({ length: 10 }, (_, n) => n % 2),
        target: () => [
          [0, 0.25],
          [1, 0.75],
        ],
        folds: 5,
        learn: (training) => {
          seen.push(training);
          return (round, action) => {
            expect(training).not.toContain(round);
            return action;
          };
        },
      },
      createRng(1),
    );
    expect(seen.map((training) => training.length)).toEqual([8, 8, 8, 8, 8]);
    expect([...predictions.logged]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect([...predictions.expected]).toEqual(new Array(10).fill(0.75));
  });

  it('refuses one fold', () => {
    const learn = () => () => 0;
    expect(() => crossFit({ rounds: 3, logged: [0, 0, 0], target: () => [], folds: 1, learn }, createRng(1))).toThrow(
      '1 folds of 3 rounds',
    );
  });
});

describe('weights', () => {
  it('of MRDR: π_e (1 − π_0) / π_0²', () => {
    // .8 · .5 / .25 = 1.6
    expect(mrdrWeights(Float64Array.of(0.8), Float64Array.of(0.5))[0]).toBeCloseTo(1.6, 12);
  });

  it('of a category are the ratio of its probabilities', () => {
    // Actions 0 and 2 are of category 7: (.1 + .6) / (.5 + .25).
    const distributions = () => ({ logged: [0.5, 0.25, 0.25], target: [0.1, 0.3, 0.6] });
    const weights = marginalWeights([2, 1], [7, 8, 7], distributions);
    expect(weights[0]).toBeCloseTo(0.7 / 0.75, 12);
    expect(weights[1]).toBeCloseTo(0.3 / 0.25, 12);
  });
});

describe('resampledSums', () => {
  it('sums arrays over the same places, each place equally often', () => {
    const size = 50;
    const rng = createRng('places');
    const unit = (at: number) => Float64Array.from({ length: size }, (_, n) => (n === at ? 1 : 0));
    const arrays = [0, 1, 49].map(unit);
    const count = 20_000;
    const sums = resampledSums([...arrays, new Float64Array(size).fill(1)], count, rng);
    for (let array = 0; array < 3; array++) {
      let sum = 0;
      let squares = 0;
      for (let n = 0; n < count; n++) {
        const times = sums[n * 4 + array]!;
        sum += times;
        squares += (times - 1) ** 2;
        expect(sums[n * 4 + 3]).toBe(size);
      }
      // Binomial(50, 1/50): mean 1, variance .98; 5 standard errors, false alarm 6e-7 for another seed.
      expect(Math.abs(sum / count - 1)).toBeLessThan(5 * Math.sqrt(0.98 / count));
      expect(Math.abs(squares / count - 0.98)).toBeLessThan(5 * Math.sqrt(2.9 / count));
    }
  });
});

describe('chooseBySlope', () => {
  const candidate = (value: number, halfWidth: number) => ({ value, halfWidth });

  it('takes the narrowest while all agree', () => {
    const all = [candidate(1, 1), candidate(1.2, 0.5), candidate(1.1, 0.1)];
    expect(chooseBySlope(all)).toBe(all[2]);
  });

  it('stops before the first that disagrees with one before it', () => {
    // |3 − 1| = 2 > .1 + 1.449·1, so the second is the last good one.
    const all = [candidate(1, 1), candidate(1.2, 0.5), candidate(3, 0.1), candidate(1.2, 0.05)];
    expect(chooseBySlope(all)).toBe(all[1]);
  });

  it('has nothing to choose from nothing', () => {
    expect(chooseBySlope([])).toBeUndefined();
  });
});
