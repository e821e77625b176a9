import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import { diagnosePolicy } from './diagnostics.ts';
import { POLICY_ESTIMATORS } from './estimators.ts';
import { evaluatePolicy, type PolicyEvaluationOptions, type PolicyReport } from './evaluate-policy.ts';
import { type PolicyBootstrapOptions, policyBernstein, policyBootstraps, policyDelta } from './intervals.ts';
import { type PolicyRounds, selectRounds, toPolicyRounds } from './rounds.ts';
import { pointOf, type Terms, termsOf } from './terms.ts';

/**
 * Six rounds (action, reward, π_0): (0,1,.5) (1,0,.5) (0,1,.8) (1,1,.2) (0,0,.8) (1,0,.5). π_e of actions 0 and 1:
 * (.2,.8) (.2,.8) (.9,.1) (.1,.9) (.5,.5) (.5,.5). q̂ = (.6, .3) whatever the context.
 */
const ACTIONS = [0, 1, 0, 1, 0, 1];
const TARGET = [0.2, 0.2, 0.9, 0.1, 0.5, 0.5];
const SIX = toPolicyRounds({
  rewards: Float64Array.of(1, 0, 1, 1, 0, 0),
  loggedProbabilities: Float64Array.of(0.5, 0.5, 0.8, 0.2, 0.8, 0.5),
  targetProbabilities: Float64Array.from(TARGET, (first, n) => (ACTIONS[n] === 0 ? first : 1 - first)),
  predictions: {
    logged: Float64Array.from(ACTIONS, (action) => (action === 0 ? 0.6 : 0.3)),
    expected: Float64Array.from(TARGET, (first) => first * 0.6 + (1 - first) * 0.3),
  },
  actions: Uint32Array.from(ACTIONS),
});

const estimate = (name: string, parameter = Number.NaN, rounds: PolicyRounds = SIX): number | undefined =>
  pointOf([termsOf(POLICY_ESTIMATORS.find((one) => one.name === name)!, rounds, parameter)]);

describe('estimators on six rounds', () => {
  it('have the weights .4 1.6 1.125 4.5 .625 1', () => {
    const expected = [0.4, 1.6, 1.125, 4.5, 0.625, 1];
    expect([...SIX.weights].map((weight, n) => Math.abs(weight - expected[n]!) < 1e-12)).not.toContain(false);
  });

  it.each([
    // (.4 + 1.125 + 4.5) / 6 = 6.025 / 6
    ['ips', Number.NaN, 1.0041666666666667],
    // 6.025 / 9.25
    ['snips', Number.NaN, 0.6513513513513514],
    // (.4 + 1.125 + 2) / 6
    ['clipped_ips', 2, 0.5875],
    // λ = 1 makes every weight 1 and leaves the mean reward: 3 / 6
    ['sg_ips', 1, 0.5],
    // (.36 + .36 + .57 + .33 + .45 + .45) / 6 = 2.52 / 6
    ['dm', Number.NaN, 0.42],
    // 2.52 + .4·.4 − 1.6·.3 + 1.125·.4 + 4.5·.7 − .625·.6 − 1·.3 = 2.52 + 2.605; / 6
    ['dr', Number.NaN, 0.8541666666666669],
    // .42 + 2.605 / 9.25
    ['sndr', Number.NaN, 0.7016216216216218],
    // the fourth round falls away: 2.52 + 2.605 − 3.15 = 1.975; / 6
    ['switch_dr', 2, 0.32916666666666666],
    // w/(w² + 1): .344828 .449438 .496552 .211765 .449438 .5
    ['dros', 1, 0.40838210603885106],
    // λ = 0 leaves the weights alone, as dr
    ['sg_dr', 0, 0.8541666666666669],
  ])('%s with parameter %d is %d', (name, parameter, expected) => {
    expect(estimate(name, parameter)).toBeCloseTo(expected, 12);
  });

  it('are worth 3.339 rounds: 9.25² / 25.626', () => {
    expect(diagnosePolicy(SIX).effectiveSize).toBeCloseTo(3.3388615189502953, 12);
    expect(diagnosePolicy(SIX).largestShare).toBeCloseTo(4.5 / 9.25, 12);
    expect(diagnosePolicy(SIX).rewardedRounds).toBe(3);
  });

  it('overlap by action', () => {
    const [first, second] = diagnosePolicy(SIX).overlap!;
    expect(first).toMatchObject({ action: 0, loggedShare: 0.5, largestWeight: 1.125 });
    expect(first!.targetShare).toBeCloseTo((0.4 + 1.125 + 0.625) / 6, 12);
    expect(second!.targetShare).toBeCloseTo((1.6 + 4.5 + 1) / 6, 12);
  });
});

const anyRounds = fc
  .array(
    fc.record({
      reward: fc.double({ min: -2, max: 2, noNaN: true }),
      logged: fc.double({ min: 0.01, max: 1, noNaN: true }),
      target: fc.double({ min: 0, max: 1, noNaN: true }),
      predicted: fc.double({ min: -2, max: 2, noNaN: true }),
      expected: fc.double({ min: -2, max: 2, noNaN: true }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((rows) =>
    toPolicyRounds({
      rewards: Float64Array.from(rows, (row) => row.reward),
      loggedProbabilities: Float64Array.from(rows, (row) => row.logged),
      targetProbabilities: Float64Array.from(rows, (row) => row.target),
      predictions: {
        logged: Float64Array.from(rows, (row) => row.predicted),
        expected: Float64Array.from(rows, (row) => row.expected),
      },
    }),
  );

describe('relations that hold for every log', () => {
  const holds = (name: string, check: (rounds: PolicyRounds) => void) =>
    it(name, () => fc.assert(fc.property(anyRounds, check), { seed: 4, numRuns: 200 }));
  const near = (a: number | undefined, b: number | undefined) => expect(a).toBeCloseTo(b!, 8);

  holds('limits of a parameter are the plain estimator or the direct method', (rounds) => {
    near(estimate('clipped_ips', Number.POSITIVE_INFINITY, rounds), estimate('ips', Number.NaN, rounds));
    near(estimate('switch_dr', Number.POSITIVE_INFINITY, rounds), estimate('dr', Number.NaN, rounds));
    near(estimate('dros', Number.POSITIVE_INFINITY, rounds), estimate('dr', Number.NaN, rounds));
    near(estimate('dros', 0, rounds), estimate('dm', Number.NaN, rounds));
    near(estimate('sg_ips', 0, rounds), estimate('ips', Number.NaN, rounds));
  });

  holds('the policy of the log itself has the mean reward', (rounds) => {
    const own = { ...rounds, weights: new Float64Array(rounds.size).fill(1) };
    const mean = rounds.rewards.reduce((sum, reward) => sum + reward, 0) / rounds.size;
    near(estimate('ips', Number.NaN, own), mean);
    near(estimate('snips', Number.NaN, own), mean);
    expect(diagnosePolicy(own).effectiveSize).toBeCloseTo(rounds.size, 8);
  });

  holds('snips moves with the rewards and stays between the least and the greatest', (rounds) => {
    const value = estimate('snips', Number.NaN, rounds);
    if (value === undefined) return;
    const rewards = rounds.rewards.filter((_, n) => rounds.weights[n]! > 0);
    expect(value).toBeGreaterThanOrEqual(Math.min(...rewards) - 1e-9);
    expect(value).toBeLessThanOrEqual(Math.max(...rewards) + 1e-9);
    near(estimate('snips', Number.NaN, { ...rounds, rewards: rounds.rewards.map((reward) => reward + 3) }), value + 3);
  });

  holds('no weight passes the bound that logged probabilities set', (rounds) => {
    expect(diagnosePolicy(rounds).largestWeight).toBeLessThanOrEqual(rounds.weightBound * (1 + 1e-12));
  });
});

const policyBootstrap = (terms: Terms, rng: Rng, options: PolicyBootstrapOptions) =>
  policyBootstraps([[terms]], rng, options)[0]!;

describe('intervals', () => {
  const terms = (name: string, rounds: PolicyRounds = SIX) =>
    termsOf(POLICY_ESTIMATORS.find((one) => one.name === name)!, rounds, Number.NaN);

  it('of the self-normalised use the delta method', () => {
    // Influence r̄ + (w r − R w) / w̄ with R = .651351, w̄ = 1.541667: its variance over 6, by hand in a calculator.
    const w = [0.4, 1.6, 1.125, 4.5, 0.625, 1];
    const r = [1, 0, 1, 1, 0, 0];
    const ratio = 6.025 / 9.25;
    const influence = w.map((weight, n) => (weight * (r[n]! - ratio)) / (9.25 / 6));
    const variance = influence.reduce((sum, value) => sum + value * value, 0) / 5 / 6;
    const delta = policyDelta([terms('snips')], {});
    expect(delta.ok && (delta.interval.upper - delta.value) ** 2).toBeCloseTo(2.5705818366147395 ** 2 * variance, 8);
  });

  it('by bootstrap are the same for the same seed and agree with the delta method on many rounds', () => {
    const rng = createRng('rounds');
    const size = 4000;
    const rounds = toPolicyRounds({
      rewards: Float64Array.from({ length: size }, () => (rng.next() < 0.4 ? 1 : 0)),
      loggedProbabilities: new Float64Array(size).fill(0.5),
      targetProbabilities: Float64Array.from({ length: size }, () => (rng.next() < 0.5 ? 0.8 : 0.2)),
    });
    const options = { resamples: 4000 };
    for (const name of ['ips', 'snips']) {
      const bootstrap = policyBootstrap(terms(name, rounds), createRng('a'), options);
      expect(policyBootstrap(terms(name, rounds), createRng('a'), options)).toEqual(bootstrap);
      const delta = policyDelta([terms(name, rounds)], {});
      if (!(bootstrap.ok && delta.ok)) throw new Error('no interval');
      const half = (delta.interval.upper - delta.interval.lower) / 2;
      // The end of a percentile interval has a standard error of about 0.04 half-widths at 4,000 resamples.
      expect(Math.abs(bootstrap.interval.lower - delta.interval.lower)).toBeLessThan(0.16 * half);
      expect(Math.abs(bootstrap.interval.upper - delta.interval.upper)).toBeLessThan(0.16 * half);
    }
  });

  it('tell why there is none', () => {
    const apart = { ...SIX, weights: new Float64Array(6) };
    expect(policyBootstrap(terms('snips', apart), createRng(1), { resamples: 10 })).toEqual({
      ok: false,
      reason: 'no_overlap',
    });
    expect(policyDelta([terms('snips', apart)], {})).toEqual({ ok: false, reason: 'no_overlap' });
    const one = selectRounds(SIX, Uint32Array.of(0));
    expect(policyBootstrap(terms('ips', one), createRng(1), { resamples: 10 })).toMatchObject({ reason: 'one_unit' });
    expect(policyBernstein(terms('snips'), [0, 5], {})).toMatchObject({ reason: 'self_normalised' });
    expect(policyBernstein(terms('ips'), undefined, {})).toMatchObject({ reason: 'range_unknown' });
  });

  it('of Bernstein use the largest weight that can be: 1 / .2 of the least probability', () => {
    const report = evaluatePolicy(SIX, createRng(1), { resamples: 100, rewardRange: [0, 1], leastProbability: 0.2 });
    const ips = report.estimates.find(({ name }) => name === 'ips')!;
    // s² of (.4, 0, 1.125, 4.5, 0, 0) = 3.0882…; √(2 s² ln 80 / 6) + 7·5·ln 80 / 15 = 12.35; cut to [0, 5].
    expect(ips.bernstein).toMatchObject({ ok: true, interval: { lower: 0, upper: 5 } });
  });

  it('of Bernstein do not take the least logged probability for the least there is', () => {
    const judge = (over: Partial<PolicyEvaluationOptions> = {}) =>
      evaluatePolicy(SIX, createRng(1), { resamples: 100, rewardRange: [0, 1], ...over });
    const told = (report: PolicyReport) =>
      Object.fromEntries(report.estimates.map(({ name, bernstein }) => [name, bernstein.ok || bernstein.reason]));
    const parameters = { clipped_ips: 2, sg_ips: 0.5, switch_dr: 2, dros: 4, sg_dr: 0 };
    // What cuts weights, or has none, bounds its terms itself; sg_dr with λ = 0 is dr.
    expect(told(judge({ parameters }))).toEqual({
      ips: 'range_unknown',
      snips: 'self_normalised',
      clipped_ips: true,
      sg_ips: true,
      dm: true,
      dr: 'range_unknown',
      sndr: 'self_normalised',
      switch_dr: true,
      dros: true,
      sg_dr: 'range_unknown',
    });
    expect(told(judge({ leastProbability: 0.1 }))).toMatchObject({ ips: true, dr: true });
    expect(() => judge({ leastProbability: 0.3 })).toThrow(
      'least probability 0.3: expected a number above 0 and at most 0.2',
    );
    expect(() => judge({ leastProbability: 0 })).toThrow('least probability 0');
  });
});

describe('a report', () => {
  it('leaves out what needs a model when there is none, and says what tuning chose', () => {
    const report = evaluatePolicy({ ...SIX, predictions: undefined }, createRng(1), { resamples: 50 });
    expect(report.estimates.map(({ name }) => name)).toEqual(['ips', 'snips', 'clipped_ips', 'sg_ips']);
    expect(report.estimates[2]!.parameter).toMatchObject({ name: 'm', tuned: true });
    const fixed = evaluatePolicy(SIX, createRng(1), { resamples: 50, parameters: { switch_dr: 2 } });
    const row = fixed.estimates.find(({ name }) => name === 'switch_dr')!;
    expect(row.parameter).toEqual({ name: 'tau', value: 2, tuned: false });
    expect(row.bootstrap.ok && row.bootstrap.value).toBeCloseTo(0.32916666666666666, 12);
  });

  it('does not trust a log that always does one thing, of which the judged policy does others too', () => {
    const size = 1000;
    const rewards = Float64Array.from({ length: size }, (_, n) => Number(n % 4 === 0));
    const always = (target: number) =>
      evaluatePolicy(
        toPolicyRounds({
          rewards,
          loggedProbabilities: new Float64Array(size).fill(1),
          targetProbabilities: new Float64Array(size).fill(target),
        }),
        createRng(1),
        { resamples: 50 },
      );
    const { diagnostics, trust } = always(0.2);
    expect(diagnostics.meanWeight.value).toBeCloseTo(0.2, 12);
    expect(diagnostics.meanWeight).toMatchObject({ z: undefined, pValue: 0 });
    expect(trust.level).toBe('no');
    expect(trust.sentence).toContain('the weights have mean 0.200 instead of 1');
    expect(always(1).diagnostics.meanWeight).toEqual({ value: 1, z: undefined, pValue: 1 });
    expect(always(1).trust.level).toBe('yes');
  });

  it('does not doubt a short log in which by chance nothing was explored, and does a long one', () => {
    const greedy = (size: number) =>
      evaluatePolicy(
        toPolicyRounds({
          rewards: Float64Array.from({ length: size }, (_, n) => Number(n % 2 === 0)),
          loggedProbabilities: new Float64Array(size).fill(0.95),
          targetProbabilities: new Float64Array(size).fill(1),
        }),
        createRng(1),
        { resamples: 50 },
      ).diagnostics.meanWeight.pValue!;
    // Sixty times the greedy choice: 0.95 ** 60.
    expect(greedy(60)).toBeCloseTo(0.95 ** 60, 12);
    expect(greedy(400)).toBeLessThan(1e-4);
  });

  it('cannot say of one round whether its weight is an exception', () => {
    const one = diagnosePolicy(selectRounds(SIX, Uint32Array.of(0)));
    expect(one.meanWeight).toMatchObject({ z: undefined, pValue: undefined });
  });

  it('takes weights that differ by rounding alone for equal', () => {
    const weights = Float64Array.from({ length: 50 }, (_, n) => 1 - (n % 3) * 1e-16 - 1e-16);
    expect(diagnosePolicy({ size: 50, rewards: weights, weights }).meanWeight).toMatchObject({ pValue: 1 });
  });

  it('does not trust six rounds', () => {
    const { trust } = evaluatePolicy(SIX, createRng(1), { resamples: 50 });
    expect(trust.level).toBe('no');
    expect(trust.sentence).toBe(
      "Do not trust this estimate: its 6 rounds are worth only 3.3 of the judged policy's own; it rests on 3 rewarded rounds.",
    );
  });
});
