import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { fitCox } from './cox.ts';
import { coxDerivatives } from './cox-likelihood.ts';
import { kaplanMeier, survivalAt, survivalQuantile } from './kaplan-meier.ts';
import { logRank } from './log-rank.ts';
import { restrictedMean, restrictedMeanDifference } from './restricted-mean.ts';

/** Six units, two of them censored; the golden values of this file were computed independently of it. */
const SIX = { durations: [2, 3, 5, 7, 8, 11], ended: [1, 1, 0, 1, 1, 0] };
const Z = [1, 0, 1, 0, 1, 0];

const value = (estimate: { readonly ok: boolean; readonly value?: number }) =>
  estimate.ok ? estimate.value! : Number.NaN;

describe('Kaplan–Meier', () => {
  it('gives the golden curve', () => {
    const steps = kaplanMeier(SIX).steps.map(({ time, survival }) => [time, Number(survival.toFixed(6))]);
    expect(steps).toEqual([
      [2, 0.833333],
      [3, 0.666667],
      [7, 0.444444],
      [8, 0.222222],
    ]);
  });

  it('has Greenwood’s variance: at 7 it is .4444² (1/30 + 1/20 + 1/6)', () => {
    const step = kaplanMeier(SIX).steps[2]!;
    expect(step.logVariance).toBeCloseTo(1 / 30 + 1 / 20 + 1 / 6, 12);
  });

  it('has a log-log band: at 3, S^exp(±1.96 · sqrt(1/30 + 1/20) / |log(2/3)|)', () => {
    const at = survivalAt(kaplanMeier(SIX), 4);
    const half = (1.959963984540054 * Math.sqrt(1 / 30 + 1 / 20)) / Math.abs(Math.log(2 / 3));
    expect(at).toMatchObject({ ok: true, n: 6, level: 0.95 });
    expect(value(at)).toBeCloseTo(2 / 3, 12);
    expect(at.ok && at.interval.lower).toBeCloseTo((2 / 3) ** Math.exp(half), 12);
    expect(at.ok && at.interval.upper).toBeCloseTo((2 / 3) ** Math.exp(-half), 12);
  });

  it('counts a unit censored at the time of an end as still at risk there', () => {
    expect(kaplanMeier({ durations: [1, 1, 2], ended: [1, 0, 1] }).steps[0]).toMatchObject({ atRisk: 3, ended: 1 });
  });

  it('before the first end: 1, at least (α/2)^(1/n)', () => {
    const at = survivalAt(kaplanMeier(SIX), 1);
    expect(at).toMatchObject({ ok: true, value: 1 });
    expect(at.ok && at.interval.lower).toBeCloseTo(0.025 ** (1 / 6), 12);
  });

  it('says why there is no number', () => {
    expect(survivalAt(kaplanMeier({ durations: [], ended: [] }), 1)).toEqual({ ok: false, reason: 'no_units' });
    expect(survivalAt(kaplanMeier(SIX), 12)).toEqual({ ok: false, reason: 'nobody_followed_that_long' });
    expect(survivalAt(kaplanMeier({ durations: [1, 2], ended: [1, 1] }), 5)).toEqual({
      ok: false,
      reason: 'everybody_ended',
    });
    expect(() => kaplanMeier({ durations: [-1], ended: [1] })).toThrow(RangeError);
  });

  it('has its median where the curve first is at most one half', () => {
    expect(survivalQuantile(kaplanMeier(SIX))).toMatchObject({ ok: true, value: 7 });
    expect(survivalQuantile(kaplanMeier(SIX), 0.1)).toEqual({ ok: false, reason: 'not_reached' });
  });

  it('has no upper end where the band never comes below one half: the last end proves none', () => {
    const medianOf = (durations: number[]) => {
      const median = survivalQuantile(kaplanMeier({ durations, ended: durations.map(() => 1) }));
      if (!median.ok) throw new Error(median.reason);
      return [median.value, median.interval.lower, median.interval.upper];
    };
    expect(medianOf([5])).toEqual([5, 5, Number.POSITIVE_INFINITY]);
    // After 4 of 5 ends S = 0.2 with a band of 0.008 to 0.582.
    expect(medianOf([1, 2, 3, 4, 5])).toEqual([3, 1, Number.POSITIVE_INFINITY]);
    expect(medianOf(Array.from({ length: 30 }, (_, n) => n + 1))[2]).toBeLessThan(30);
  });
});

describe('restricted mean', () => {
  it('is the area under the curve: to 10, 2 + 1·5/6 + 4·2/3 + 1·4/9 + 2·2/9', () => {
    const expected = 2 + 5 / 6 + 8 / 3 + 4 / 9 + 4 / 9;
    const mean = restrictedMean(kaplanMeier(SIX), 10);
    expect(value(mean)).toBeCloseTo(expected, 12);
    // Areas to the right of each end: 4.38889, 3.55556, .88889, .44444.
    const areas = [4.38888888888889, 3.55555555555556, 0.88888888888889, 0.44444444444444];
    const weights = [1 / 30, 1 / 20, 1 / 6, 1 / 2];
    const se = Math.sqrt(areas.reduce((sum, area, at) => sum + area * area * weights[at]!, 0));
    expect(mean.ok && mean.value - mean.interval.lower).toBeCloseTo(1.959963984540054 * se, 10);
  });

  it('without censoring is the mean of min(T, τ)', () => {
    const curve = kaplanMeier({ durations: [1, 2, 3, 10], ended: [1, 1, 1, 1] });
    expect(value(restrictedMean(curve, 5))).toBeCloseTo((1 + 2 + 3 + 5) / 4, 12);
  });

  it('has no number past the data, nor without an end', () => {
    expect(restrictedMean(kaplanMeier(SIX), 12)).toEqual({ ok: false, reason: 'horizon_beyond_data' });
    expect(restrictedMean(kaplanMeier({ durations: [3, 4], ended: [0, 0] }), 2)).toEqual({
      ok: false,
      reason: 'zero_variance',
    });
    expect(() => restrictedMean(kaplanMeier(SIX), 0)).toThrow(RangeError);
  });

  it('of a curve differs from itself by 0', () => {
    expect(restrictedMeanDifference(kaplanMeier(SIX), kaplanMeier(SIX), 10)).toMatchObject({
      ok: true,
      value: 0,
      n: 12,
    });
  });
});

describe('log-rank', () => {
  it('by hand: two groups, three ends', () => {
    // Times 1 (a of aabb), 2 (b of abb), 4 (a of ab): E(a) = 1/2 + 1/3 + 1/2, V = 1/4 + 2/9 + 1/4.
    const test = logRank({ durations: [1, 4, 2, 5], ended: [1, 1, 1, 0], groups: [0, 0, 1, 1] });
    const expected = 1 / 2 + 1 / 3 + 1 / 2;
    expect(test.ok && test.observed[0]).toBe(2);
    expect(test.ok && test.expected[0]).toBeCloseTo(expected, 12);
    expect(test.ok && test.statistic).toBeCloseTo((2 - expected) ** 2 / (1 / 4 + 2 / 9 + 1 / 4), 12);
  });

  it('is the score test of Cox without ties', () => {
    const test = logRank({ ...SIX, groups: Z });
    const x = Float64Array.from(Z, (z) => z - 0.5);
    const order = Uint32Array.from([5, 4, 3, 2, 1, 0]);
    const { score, information } = coxDerivatives(
      { n: 6, p: 1, x, ...SIX, order, strata: new Uint8Array(6) },
      new Float64Array(1),
      'breslow',
    );
    expect(test.ok && test.statistic).toBeCloseTo(score[0]! ** 2 / information[0]!, 12);
  });

  it('within strata sees only differences inside of them', () => {
    const apart = { durations: [1, 2, 8, 9], ended: [1, 1, 1, 1], groups: [0, 0, 1, 1], strata: [0, 0, 1, 1] };
    expect(logRank(apart)).toEqual({ ok: false, reason: 'zero_variance' });
  });

  it('says why there is no test', () => {
    expect(logRank({ ...SIX, groups: [0, 0, 0, 0, 0, 0] })).toEqual({ ok: false, reason: 'one_group' });
    expect(logRank({ ...SIX, ended: [0, 0, 0, 0, 0, 0], groups: Z })).toEqual({ ok: false, reason: 'no_events' });
  });
});

describe('Cox', () => {
  const input = { ...SIX, covariates: Z, names: ['z'] };

  it('gives the golden fit: β = .2739478, l = −5.156325392', () => {
    for (const ties of ['breslow', 'efron'] as const) {
      const fit = fitCox(input, { ties });
      // The root of the score in 40 digits is .27394781733; the golden .273947787 agrees to 3e-8.
      expect(fit.ok && fit.coefficients[0]!.value).toBeCloseTo(0.27394781733, 10);
      expect(fit.ok && fit.coefficients[0]!.value).toBeCloseTo(0.273947787, 7);
      expect(fit.ok && fit.logLikelihood).toBeCloseTo(-5.156325392, 9);
    }
  });

  /** Ties: 3 units end at 1, of them 2 with z = 1. */
  const TIED = {
    durations: [1, 1, 1, 2, 3, 3, 4],
    ended: [1, 1, 1, 0, 1, 1, 0],
    covariates: [1, 1, 0, 0, 1, 0, 0],
    names: ['z'],
  };

  it('shares tied risk sets as Breslow and Efron do, the likelihood written out', () => {
    const written = (b: number, efron: boolean): number => {
      const e = Math.exp(b);
      const first = (l: number) => 3 * e + 4 - (efron ? (l / 3) * (2 * e + 1) : 0);
      const second = (l: number) => e + 2 - (efron ? (l / 2) * (e + 1) : 0);
      return (
        3 * b -
        [0, 1, 2].reduce((sum, l) => sum + Math.log(first(l)), 0) -
        [0, 1].reduce((sum, l) => sum + Math.log(second(l)), 0)
      );
    };
    for (const ties of ['breslow', 'efron'] as const) {
      const fit = fitCox(TIED, { ties });
      const b = fit.ok ? fit.coefficients[0]!.value : Number.NaN;
      const at = (x: number) => written(x, ties === 'efron');
      // The likelihood does not change when covariates are shifted; ours are centred.
      expect(fit.ok && fit.logLikelihood).toBeCloseTo(at(b), 10);
      expect(at(b)).toBeGreaterThan(at(b + 1e-3));
      expect(at(b)).toBeGreaterThan(at(b - 1e-3));
      const curvature = -(at(b + 1e-4) - 2 * at(b) + at(b - 1e-4)) / 1e-8;
      expect(fit.ok && fit.coefficients[0]!.standardError).toBeCloseTo(1 / Math.sqrt(curvature), 5);
    }
  });

  it('robust: units as own clusters, then every unit twice in its cluster, give the same variance', () => {
    const rng = createRng('robust');
    const durations = Array.from({ length: 40 }, () => Math.ceil(rng.next() * 12));
    const one = {
      durations,
      ended: durations.map(() => Number(rng.next() < 0.8)),
      covariates: durations.flatMap(() => [rng.normal(), rng.normal()]),
      names: ['a', 'b'],
      clusters: durations.map((_, i) => i),
    };
    const twice = {
      durations: [...durations, ...durations],
      ended: [...one.ended, ...one.ended],
      covariates: [...one.covariates, ...one.covariates],
      names: one.names,
      clusters: [...one.clusters, ...one.clusters],
    };
    const a = fitCox(one, { ties: 'breslow' });
    const b = fitCox(twice, { ties: 'breslow' });
    for (const j of [0, 1]) {
      expect(b.ok && b.coefficients[j]!.value).toBeCloseTo(a.ok ? a.coefficients[j]!.value : Number.NaN, 8);
      expect(b.ok && b.coefficients[j]!.standardError).toBeCloseTo(
        a.ok ? a.coefficients[j]!.standardError : Number.NaN,
        8,
      );
    }
    // Counted as independent, the copies claim half the variance.
    const [{ clusters: _, ...first }, { clusters: __, ...second }] = [one, twice];
    const [c, d] = [first, second].map((lifetimes) => fitCox(lifetimes, { ties: 'breslow' }));
    const ratio = c!.ok && d!.ok ? d!.coefficients[0]!.standardError / c!.coefficients[0]!.standardError : Number.NaN;
    expect(ratio).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it('robust: the score residuals of everybody sum to nothing, in strata and with either rule for ties', () => {
    const rng = createRng('residuals');
    const durations = Array.from({ length: 30 }, () => Math.ceil(rng.next() * 5));
    const input = {
      durations,
      ended: durations.map(() => Number(rng.next() < 0.7)),
      covariates: durations.map(() => rng.normal()),
      names: ['z'],
      strata: durations.map((_, i) => i % 3),
      clusters: durations.map(() => 0),
    };
    for (const ties of ['breslow', 'efron'] as const) {
      const fit = fitCox(input, { ties });
      expect(fit.ok && fit.coefficients[0]!.standardError).toBeLessThan(1e-8);
    }
  });

  it('says why there is no fit', () => {
    expect(fitCox({ durations: [], ended: [], covariates: [], names: [] })).toEqual({ ok: false, reason: 'no_units' });
    expect(fitCox({ ...input, ended: [0, 0, 0, 0, 0, 0] })).toEqual({ ok: false, reason: 'no_events' });
    expect(fitCox({ ...input, covariates: [1, 1, 1, 1, 1, 1] })).toEqual({ ok: false, reason: 'zero_variance' });
    expect(fitCox({ ...SIX, ended: [1, 1, 1, 0, 0, 0], covariates: [1, 1, 1, 0, 0, 0], names: ['z'] })).toEqual({
      ok: false,
      reason: 'separated',
    });
    expect(() => fitCox({ ...input, names: ['z', 'y'] })).toThrow(RangeError);
  });
});
