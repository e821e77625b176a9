/** Bounds for a test that is looked at several times, solved numerically. */

import { SPENDING_FUNCTIONS, type SpendingName } from './spending.ts';
import { aboveAt, advance, START, type Walk } from './walk.ts';

export interface GroupDesign {
  /** Information fractions of the looks: rising, in (0, 1]. For means: units so far over units planned. */
  readonly fractions: readonly number[];
  /** Error of the whole test, in (0, 0.5). */
  readonly alpha: number;
  readonly sides: 1 | 2;
}

export interface GroupBounds {
  /** Bound of |z| (of z, for one side) at each look; Infinity when nothing may be spent there yet. */
  readonly bounds: number[];
  /** Error spent up to each look. */
  readonly spent: number[];
}

/**
 * Bounds of [Lan1983]: at each look the error that the spending function allows since the last one. Looks need not be
 * planned; only their information counts. Two sides are solved as two one-sided tests of α/2 whose paths stop at either
 * bound, as the tables do. @throws {RangeError} for fractions that do not rise within (0, 1], or alpha outside (0, 0.5).
 */
export const spendingBounds = (design: GroupDesign, spending: SpendingName): GroupBounds => {
  checkDesign(design);
  const { fractions, sides } = design;
  const side = design.alpha / sides;
  const spend = SPENDING_FUNCTIONS[spending];
  const bounds: number[] = [];
  const spent: number[] = [];
  let walk: Walk = START;
  let before = 0;
  for (const [look, time] of fractions.entries()) {
    const allowed = spend(time, side);
    const bound = solveBound(walk, time, allowed - before);
    bounds.push(bound);
    spent.push(allowed * sides);
    before = allowed;
    walk = advanceBelow(walk, time, bound, sides, 0, fractions[look + 1]);
  }
  return { bounds, spent };
};

/**
 * Chance of crossing the upper bound at each look when the final z has mean `drift` (0: the error; z(1-α/2) + z(power): a
 * test of that power). Paths stop at the lower bound too when the test has two sides.
 */
export const crossingProbabilities = (
  fractions: readonly number[],
  bounds: readonly number[],
  drift: number,
  sides: 1 | 2,
): number[] => {
  const chances: number[] = [];
  let walk: Walk = START;
  for (const [look, time] of fractions.entries()) {
    const bound = bounds[look]!;
    chances.push(aboveAt(walk, time, bound * Math.sqrt(time), drift));
    walk = advanceBelow(walk, time, bound, sides, drift, fractions[look + 1]);
  }
  return chances;
};

export type ClassicName = 'pocock' | 'obrien-fleming';

/**
 * The classic tests for equally spaced looks: Pocock's constant |z| ≥ C [Pocock1977], and that of O'Brien and Fleming
 * |z| ≥ C √(K / k) [OBrien1979]; tables 2.1 and 2.3 of [Jennison2000]. Gives the bounds of all looks; the last is C.
 */
export const classicBounds = (name: ClassicName, looks: number, alpha: number): number[] => {
  const fractions = Array.from({ length: looks }, (_, look) => (look + 1) / looks);
  checkDesign({ fractions, alpha, sides: 2 });
  const at = (constant: number): number[] =>
    fractions.map((time) => (name === 'pocock' ? constant : constant / Math.sqrt(time)));
  const constant = bisect(1, 6, (c) => alpha - 2 * sum(crossingProbabilities(fractions, at(c), 0, 2)));
  return at(constant);
};

/** Power of the bounds at a drift, and by how much the final sample must grow over that of a fixed test to have it. */
export const inflationFactor = (
  fractions: readonly number[],
  bounds: readonly number[],
  sides: 1 | 2,
  fixedDrift: number,
  power: number,
): number => {
  const drift = bisect(
    fixedDrift / 2,
    fixedDrift * 3,
    (d) => sum(crossingProbabilities(fractions, bounds, d, sides)) - power,
  );
  return (drift / fixedDrift) ** 2;
};

const advanceBelow = (walk: Walk, time: number, bound: number, sides: 1 | 2, drift: number, next?: number): Walk => {
  const upper = bound * Math.sqrt(time);
  return next === undefined
    ? walk
    : advance(walk, time, sides === 2 ? -upper : Number.NEGATIVE_INFINITY, upper, drift, next);
};

/** Bound of z at `time` that paths still inside exceed with chance `allowed`. */
const solveBound = (walk: Walk, time: number, allowed: number): number => {
  // Less than a double can tell from nothing.
  if (allowed <= 1e-16) return Number.POSITIVE_INFINITY;
  return bisect(-9, 9, (z) => allowed - aboveAt(walk, time, z * Math.sqrt(time), 0));
};

/** Zero of a rising function between two ends, to 1e-8. */
const bisect = (from: number, to: number, rising: (at: number) => number): number => {
  let low = from;
  let high = to;
  while (high - low > 1e-8) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const checkDesign = ({ fractions, alpha }: GroupDesign): void => {
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha ${alpha}: expected a number between 0 and 0.5`);
  let before = 0;
  for (const fraction of fractions) {
    if (!(fraction > before && fraction <= 1)) {
      throw new RangeError(`information fractions ${fractions.join(', ')}: expected rising numbers in (0, 1]`);
    }
    before = fraction;
  }
  if (fractions.length === 0) throw new RangeError('no looks: expected at least one information fraction');
};
