import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import { bgNbd, mbgNbd } from './beta-geometric.ts';
import { fitGammaGamma, fitLifetime } from './fit-lifetime.ts';
import { expectedValue } from './gamma-gamma.ts';
import { historiesOf } from './histories.ts';
import { hypergeometricSeries, logHypergeometric } from './hypergeometric.ts';
import type { LifetimeModel } from './lifetime-model.ts';
import { paretoNbd } from './pareto-nbd.ts';

describe('the hypergeometric function', () => {
  it('is what is known in closed form: ₂F₁(1, 1; 2; z) = −log(1 − z)/z, ₂F₁(a, b; b; z) = (1 − z)^−a', () => {
    expect(hypergeometricSeries(1, 1, 2, 0.7)).toBeCloseTo(-Math.log(0.3) / 0.7, 12);
    expect(logHypergeometric(2.5, 3, 3, 0.9)).toBeCloseTo(-2.5 * Math.log(0.1), 12);
    expect(logHypergeometric(2, 1.5, 3, 0.6)).toBeCloseTo(Math.log(hypergeometricSeries(2, 1.5, 3, 0.6)), 12);
  });

  it('does not overflow where the plain series does', () => {
    expect(Number.isFinite(logHypergeometric(5000, 4000, 5001, 0.9))).toBe(true);
  });
});

/** ∫ by Simpson's rule. */
const integral = (of: (x: number) => number, from: number, to: number, parts = 4000): number => {
  const h = (to - from) / parts;
  let sum = of(from) + of(to);
  for (let i = 1; i < parts; i++) sum += of(from + i * h) * (i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
};

describe('the Pareto/NBD likelihood', () => {
  it('is the integral it stands for, on either side of α = β', () => {
    for (const [alpha, beta] of [
      [10, 12],
      [12, 10],
    ] as const) {
      const [r, s, x, tx, T] = [0.6, 0.7, 3, 20, 39];
      // Σ over leaving at y in (t_x, T) and over not leaving, rates integrated out.
      const gone = s * integral((y) => (alpha + y) ** -(r + x) * (beta + y) ** -(s + 1), tx, T);
      const still = (alpha + T) ** -(r + x) * (beta + T) ** -s;
      const front = (2 + r) * (1 + r) * r * alpha ** r * beta ** s;
      const values = [r, alpha, s, beta];
      expect(paretoNbd.logLikelihood(values, { x, tx, T })).toBeCloseTo(Math.log(front * (gone + still)), 9);
      expect(paretoNbd.alive(values, { x, tx, T })).toBeCloseTo(still / (gone + still), 9);
    }
  });
});

const gamma = (rng: Rng, shape: number): number => {
  // Marsaglia and Tsang; below 1 by the power of a uniform.
  if (shape < 1) return gamma(rng, shape + 1) * (1 - rng.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = rng.normal();
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(1 - rng.next()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v;
  }
};
const beta = (rng: Rng, a: number, b: number): number => {
  const x = gamma(rng, a);
  return x / (x + gamma(rng, b));
};

/** Times of a user's repeats until `end`, by the story each model tells. */
const repeats = (rng: Rng, model: LifetimeModel, values: readonly number[], end: number): number[] => {
  const [r, alpha, third, fourth] = [values[0]!, values[1]!, values[2]!, values[3]!];
  const rate = gamma(rng, r) / alpha;
  const pareto = model === paretoNbd;
  const leaves = pareto ? -Math.log(1 - rng.next()) / (gamma(rng, third) / fourth) : Number.POSITIVE_INFINITY;
  const chance = pareto ? 0 : beta(rng, third, fourth);
  const times: number[] = [];
  if (model === mbgNbd && rng.next() < chance) return times;
  for (let at = -Math.log(1 - rng.next()) / rate; at <= Math.min(end, leaves); at += -Math.log(1 - rng.next()) / rate) {
    times.push(at);
    if (rng.next() < chance) break;
  }
  return times;
};

describe.each([
  [bgNbd, [0.8, 6, 0.9, 2.5]],
  [mbgNbd, [0.8, 6, 0.9, 2.5]],
  [paretoNbd, [0.8, 9, 0.7, 11]],
] as const)('a lifetime model', (model, values) => {
  it(`${model.name}: expected acts and chance to be there agree with the story, told 60,000 times`, () => {
    const [T, t] = [30, 20];
    const rng = createRng(`story ${model.name}`);
    const worlds = Array.from({ length: 60_000 }, (_, user) => repeats(rng.derive(user), model, values, T + t));
    let predicted = 0;
    let seen = 0;
    let seenSquares = 0;
    let back = 0;
    for (const times of worlds) {
      const before = times.filter((time) => time <= T);
      predicted += model.expectedActs(values, { x: before.length, tx: before.at(-1) ?? 0, T }, t);
      const after = times.length - before.length;
      seen += after;
      seenSquares += after * after;
      back += Number(after > 0);
    }
    const n = worlds.length;
    const se = Math.sqrt((seenSquares / n - (seen / n) ** 2) / n);
    // Beyond 4 standard errors in 1 of 16,000.
    expect(Math.abs(predicted / n - seen / n)).toBeLessThan(4 * se);
    expect(back).toBeGreaterThan(1000);
  });

  it(`${model.name}: the fit finds the parameters in 2,500 histories, in any unit of time`, () => {
    const rng = createRng(`fit ${model.name}`);
    const T = 40;
    const rows = Array.from({ length: 2500 }, (_, user) => {
      const times = repeats(rng.derive(user), model, values, T);
      return { x: times.length, tx: times.at(-1) ?? 0 };
    });
    const histories = (unit: number) => ({
      frequency: Float64Array.from(rows, ({ x }) => x),
      recency: Float64Array.from(rows, ({ tx }) => tx * unit),
      age: Float64Array.from(rows, () => T * unit),
    });
    const fit = fitLifetime(histories(1), model.name as 'bg-nbd');
    const days = fitLifetime(histories(7), model.name as 'bg-nbd');
    if (!fit.ok || !days.ok) throw new Error('no fit');
    values.forEach((value, j) => {
      const { estimate } = fit.parameters[j]!;
      // The 95 % interval, twice as wide: a right fit misses one of twelve such in 1 of 1,000.
      if (!estimate.ok) throw new Error(estimate.reason);
      expect(Math.abs(Math.log(estimate.value / value))).toBeLessThan(
        Math.log(estimate.interval.upper / estimate.interval.lower),
      );
      expect(days.values[j]! / fit.values[j]!).toBeCloseTo(model.timeScaled.includes(j) ? 7 : 1, 3);
    });
    const own = rows.reduce((sum, { x, tx }) => sum + model.logLikelihood(fit.values, { x, tx, T }), 0);
    expect(fit.logLikelihood).toBeCloseTo(own, 4);
  });
});

describe('fits that cannot be', () => {
  const none = { frequency: new Float64Array(0), recency: new Float64Array(0), age: new Float64Array(0) };
  it('say why', () => {
    expect(fitLifetime(none, 'bg-nbd')).toEqual({ ok: false, reason: 'no_units' });
    const one = { frequency: Float64Array.of(0), recency: Float64Array.of(0), age: Float64Array.of(5) };
    expect(fitLifetime(one, 'bg-nbd')).toEqual({ ok: false, reason: 'no_repeats' });
    expect(fitGammaGamma({ frequency: Float64Array.of(0), meanValue: Float64Array.of(Number.NaN) })).toEqual({
      ok: false,
      reason: 'no_units',
    });
    expect(() => fitLifetime({ ...one, recency: Float64Array.of(6) }, 'bg-nbd')).toThrow(RangeError);
  });
});

describe('expected value of an act', () => {
  it('lies between the user’s mean and that of all, nearer to the user’s with more acts', () => {
    const values = [6, 4, 15];
    const all = (6 * 15) / 3;
    expect(expectedValue(values, 0, Number.NaN)).toBeCloseTo(all, 12);
    const [few, many] = [expectedValue(values, 1, 100), expectedValue(values, 50, 100)];
    expect(few).toBeGreaterThan(all);
    expect(many).toBeGreaterThan(few);
    expect(many).toBeLessThan(100);
  });
});

describe('histories', () => {
  const DAY = 86_400_000;
  it('count periods, not acts: two on a day are one, their values added', () => {
    const histories = historiesOf(
      {
        users: [7, 7, 7, 7, 3],
        times: [0.2 * DAY, 0.9 * DAY, 14.5 * DAY, 14.6 * DAY, 5 * DAY],
        values: [1, 2, 3, 4, 9],
      },
      { until: 28.3 * DAY, periodMs: DAY, unitMs: 7 * DAY },
    );
    expect(histories.users).toEqual([3, 7]);
    expect([...histories.frequency]).toEqual([0, 1]);
    expect([...histories.recency]).toEqual([0, 2]);
    expect([...histories.age]).toEqual([23 / 7, 4]);
    expect([...histories.meanValue]).toEqual([Number.NaN, 7]);
  });

  it('leave out what comes after the end of observation', () => {
    const histories = historiesOf(
      { users: [0, 0], times: [DAY, 9 * DAY] },
      { until: 5 * DAY, periodMs: DAY, unitMs: DAY },
    );
    expect([...histories.frequency]).toEqual([0]);
    expect(histories.meanValue[0]).toBeNaN();
  });
});
