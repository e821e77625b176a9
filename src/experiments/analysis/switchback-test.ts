/** The test of a switchback by its own design: what the same periods would have shown under other draws of their arms. */

import type { Estimate } from '#domain';
import { createRng } from '#math';

/** A period that was watched. */
export interface SwitchbackPeriod {
  /** Within whom arms are switched. */
  readonly user: string;
  readonly arm: number;
  readonly value: number;
}

export interface SwitchbackTest {
  readonly arm: string;
  /** Effect on a period against the first arm, with the effects that the test does not reject. */
  readonly effect: Estimate;
  /** Null where there is no test. */
  readonly pValue: number | null;
  /** Draws of the arms that were compared: all there are, or so many made at random. */
  readonly draws: number;
  readonly exact: boolean;
  readonly periods: number;
}

export interface SwitchbackOptions {
  /** Weights by which each period drew its arm. */
  readonly weights: readonly number[];
  readonly alpha: number;
}

/** So many periods of two arms are counted out: 2^13 draws. */
const MOST_COUNTED = 13;
const RANDOM_DRAWS = 9999;

/**
 * Randomization test of [Fisher1935], for as many periods as one listener has. Each period drew its arm by itself, so every
 * other draw of the arms of these periods was possible, with the probability of its weights. The statistic is the difference
 * of means within a user, users weighted by the harmonic mean of their periods. Two-sided; exact up to 13 periods, else by
 * 9,999 draws of a fixed seed with the seen one among them [Phipson2010]. The interval holds the constant effects that
 * are not rejected: with y(δ) = y - δ·z the statistic of a draw w is T(w, y) - δ·T(w, z), linear in δ. Draws that leave
 * every user with one arm say nothing and are left out, as one that was seen would have been. Other arms are left out.
 * Reasons: `one_arm_a_user`. O(draws · periods).
 */
export const switchbackTest = (
  all: readonly SwitchbackPeriod[],
  arms: readonly string[],
  treated: number,
  { weights, alpha }: SwitchbackOptions,
): SwitchbackTest => {
  const periods = all.filter(({ arm }) => arm === 0 || arm === treated);
  const users = [...new Set(periods.map(({ user }) => user))];
  const userOf = Uint32Array.from(periods, ({ user }) => users.indexOf(user));
  const y = Float64Array.from(periods, ({ value }) => value);
  const seen = Uint8Array.from(periods, ({ arm }) => Number(arm === treated));
  const z = Float64Array.from(seen);
  const share = weights[treated]! / (weights[0]! + weights[treated]!);
  const exact = periods.length <= MOST_COUNTED;
  const base = { arm: arms[treated]!, periods: periods.length, exact };
  const statistic = createStatistic(userOf, users.length);
  const value = statistic(seen, y);
  if (Number.isNaN(value)) return { ...base, draws: 0, pValue: null, effect: { ok: false, reason: 'one_arm_a_user' } };
  const draws = exact ? everyDraw(periods.length, share) : randomDraws(seen, share);
  // One draw after the other: what it shows, how that goes with a constant effect, and its probability.
  const compared = Float64Array.from(
    draws.flatMap(({ arms: drawn, weight }) => {
      const shown = statistic(drawn, y);
      return Number.isNaN(shown) ? [] : [shown, statistic(drawn, z), weight];
    }),
  );
  let whole = 0;
  for (let at = 0; at < compared.length; at += 3) whole += compared[at + 2]!;
  // Sums of the same numbers in another order differ in their last digits.
  const slack = 1e-12 * y.reduce((most, one) => Math.max(most, Math.abs(one)), 1);
  const pAt = (delta: number): number => {
    let beyond = 0;
    const least = Math.abs(value - delta) - slack;
    for (let at = 0; at < compared.length; at += 3) {
      if (Math.abs(compared[at]! - delta * compared[at + 1]!) >= least) beyond += compared[at + 2]!;
    }
    return Math.min(1, beyond / whole);
  };
  const interval = { lower: endOf(pAt, value, -1, alpha, y), upper: endOf(pAt, value, 1, alpha, y) };
  const method = exact ? 'randomization test, exact' : 'randomization test, 9,999 draws';
  return {
    ...base,
    draws: compared.length / 3,
    pValue: pAt(0),
    effect: { ok: true, value, interval, level: 1 - alpha, n: periods.length, method },
  };
};

/** Of a draw of the arms and what the periods came to; NaN when no user has both arms. */
type Statistic = (drawn: Uint8Array, y: Float64Array) => number;

/** Σ h_u (mean treated - mean control) / Σ h_u with h_u = n_t n_c / (n_t + n_c). */
const createStatistic = (userOf: Uint32Array, users: number): Statistic => {
  // Two numbers a user, control before treated.
  const sums = new Float64Array(2 * users);
  const counts = new Float64Array(2 * users);
  return (drawn, y) => {
    sums.fill(0);
    counts.fill(0);
    for (let i = 0; i < y.length; i++) {
      const at = 2 * userOf[i]! + drawn[i]!;
      sums[at]! += y[i]!;
      counts[at]! += 1;
    }
    let total = 0;
    let whole = 0;
    for (let at = 0; at < counts.length; at += 2) {
      const [control, treated] = [counts[at]!, counts[at + 1]!];
      if (control === 0 || treated === 0) continue;
      const weight = (control * treated) / (control + treated);
      total += weight * (sums[at + 1]! / treated - sums[at]! / control);
      whole += weight;
    }
    return whole === 0 ? Number.NaN : total / whole;
  };
};

interface Draw {
  readonly arms: Uint8Array;
  readonly weight: number;
}

const everyDraw = (periods: number, share: number): readonly Draw[] =>
  Array.from({ length: 2 ** periods }, (_, bits) => {
    const arms = Uint8Array.from({ length: periods }, (__, i) => (bits >> i) & 1);
    const treated = arms.reduce((sum, arm) => sum + arm, 0);
    return { arms, weight: share ** treated * (1 - share) ** (periods - treated) };
  });

const randomDraws = (seen: Uint8Array, share: number): readonly Draw[] => {
  const rng = createRng('switchback draws');
  const drawn = Array.from({ length: RANDOM_DRAWS }, () => seen.map(() => Number(rng.next() < share)));
  return [seen, ...drawn].map((arms) => ({ arms, weight: 1 }));
};

/** Where the p-value falls to alpha on one side of the estimate; infinite when it never does. */
const endOf = (pAt: (delta: number) => number, value: number, side: -1 | 1, alpha: number, y: Float64Array): number => {
  const sorted = y.toSorted();
  const range = sorted.at(-1)! - sorted[0]! || 1;
  let inside = 0;
  let outside = range / 64;
  while (pAt(value + side * outside) > alpha) {
    inside = outside;
    outside *= 2;
    if (outside > 1e6 * range) return side * Number.POSITIVE_INFINITY;
  }
  for (let step = 0; step < 40; step++) {
    const middle = (inside + outside) / 2;
    if (pAt(value + side * middle) > alpha) inside = middle;
    else outside = middle;
  }
  return value + side * outside;
};
