import { describe, expect, it } from 'vitest';
import { integratedBrierScore } from './brier-score.ts';
import { fitDiscreteHazards, fitTemporalSurvival } from './discrete-survival.ts';

const NO_PENALTY = 1e-9;

describe('hazards in discrete time', () => {
  it('with one group are the ends over those at risk', () => {
    const fit = fitDiscreteHazards(
      { durations: [1, 1, 2, 2, 3], ended: [1, 0, 1, 0, 1], features: [1, 1, 1, 1, 1], p: 1 },
      { horizon: 3, regularization: NO_PENALTY },
    );
    // Step 1: 1 of 4, the censored one was not seen through it. Step 2: 1 of 2. Step 3: 1 of 1.
    const curve = fit.survival([1]);
    expect(curve[0]).toBe(1);
    expect(curve[1]).toBeCloseTo(3 / 4, 6);
    expect(curve[2]).toBeCloseTo(3 / 8, 6);
    expect(curve[3]).toBeLessThan(1e-4);
  });

  it('tell groups apart, and a strong penalty makes them alike', () => {
    const data = {
      durations: [1, 1, 1, 2, 1, 2, 2, 2],
      ended: [1, 1, 1, 0, 1, 0, 0, 0],
      features: [1, 1, 1, 1, 0, 0, 0, 0],
      p: 1,
    };
    const fit = fitDiscreteHazards(data, { horizon: 1, regularization: NO_PENALTY });
    expect(fit.survival([1])[1]).toBeCloseTo(1 / 4, 4);
    const flat = fitDiscreteHazards(data, { horizon: 1, regularization: 1e6 });
    expect(flat.survival([1])[1]).toBeCloseTo(flat.survival([0])[1]!, 4);
  });

  it('want whole steps', () => {
    const data = { durations: [0.5], ended: [1], features: [1], p: 1 };
    expect(() => fitDiscreteHazards(data, { horizon: 2, regularization: 1 })).toThrow(RangeError);
  });
});

/** Two states a → b → end as one-hot features. a always goes to b; b ends in one sequence and goes round in another. */
const SEQUENCES = { features: [1, 0, 0, 1, 1, 0, 0, 1, 0, 1], p: 2, lengths: [2, 3], ended: [1, 1] };

describe('temporally consistent survival', () => {
  it('from the next state: a never ends at once, and then as b does at once', () => {
    const fit = fitTemporalSurvival(SEQUENCES, { horizon: 3, regularization: NO_PENALTY, lambda: 0 });
    // b is seen three times and ends two times.
    const b = fit.survival([0, 1]);
    const a = fit.survival([1, 0]);
    expect(b[1]).toBeCloseTo(1 / 3, 4);
    expect(b[2]).toBeCloseTo(1 / 9, 4);
    expect(a[1]).toBeCloseTo(1, 4);
    expect(a[2]).toBeCloseTo(b[1]!, 4);
    expect(a[3]).toBeCloseTo(b[2]!, 4);
  });

  it('from the whole sequence: of two starts in a, one is there after two steps', () => {
    const fit = fitTemporalSurvival(SEQUENCES, { horizon: 3, regularization: NO_PENALTY, lambda: 1 });
    const a = fit.survival([1, 0]);
    expect(a[1]).toBeCloseTo(1, 4);
    expect(a[2]).toBeCloseTo(1 / 2, 4);
    expect(a[3]).toBeLessThan(1e-4);
  });

  it('learns nothing from a last state that was lost from view, but from what led to it', () => {
    const lost = { features: [1, 0, 0, 1], p: 2, lengths: [2], ended: [0] };
    const fit = fitTemporalSurvival(lost, { horizon: 1, regularization: 1e-6, lambda: 0 });
    expect(fit.survival([1, 0])[1]).toBeGreaterThan(0.999);
    // b itself was never seen through a step: the base rate, half an end against one and a half.
    expect(fit.survival([0, 1])[1]).toBeCloseTo(0.75, 6);
  });

  it('refuses features that do not fit the sequences, and lambda out of range', () => {
    const options = { horizon: 1, regularization: 1, lambda: 0 };
    expect(() => fitTemporalSurvival({ ...SEQUENCES, lengths: [2, 2] }, options)).toThrow(RangeError);
    expect(() => fitTemporalSurvival(SEQUENCES, { ...options, lambda: 2 })).toThrow(RangeError);
  });
});

describe('integrated Brier score', () => {
  it('without censoring is the mean squared distance', () => {
    const score = integratedBrierScore(
      { durations: [1, 2], ended: [1, 1] },
      [
        [1, 0, 0],
        [1, 0.5, 0.5],
      ],
      2,
    );
    // Unit 0 ended at 1: 0 and 0. Unit 1 was there at 1 (¼) and ended at 2 (¼).
    expect(score).toMatchObject({ ok: true, value: 0.125, n: 2 });
  });

  it('weights by the inverse chance to be in view', () => {
    const curves = [1, 1, 1, 1].map(() => [1, 0.5, 0.5]);
    // One of four is lost at 1 and says nothing; the other three stand for four.
    const score = integratedBrierScore({ durations: [1, 2, 3, 3], ended: [0, 1, 1, 1] }, curves, 2);
    expect(score.ok && score.value).toBeCloseTo((3 * 0.25 * (4 / 3)) / 4, 12);
  });

  it('has no number where everybody was lost', () => {
    expect(
      integratedBrierScore(
        { durations: [1, 1], ended: [0, 0] },
        [
          [1, 1, 1],
          [1, 1, 1],
        ],
        2,
      ),
    ).toEqual({
      ok: false,
      reason: 'horizon_beyond_data',
    });
  });
});
