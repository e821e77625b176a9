/** Variance reduction on values of arms: the same effect, told more precisely. */

import { cupedSlope, PairMoments } from '#stats';
import type { ArmValues } from './arm-values.ts';
import type { UnitData } from './unit-data.ts';

/** Values after an adjustment, and the share of the variance that is left by arm-pooled influences. */
export interface Adjusted extends ArmValues {
  readonly varianceLeft: number;
}

/**
 * CUPED on influences: arm value - θ (mean x of the arm - mean x of all). `covariate` by unit, from before the treatment; a
 * unit without one counts as average. Undefined when the covariate does not vary or no unit has both.
 */
export const adjustByCovariate = (data: UnitData, of: ArmValues, covariate: Float64Array): Adjusted | undefined => {
  const arms = data.arms.map(() => new PairMoments());
  const all = new PairMoments();
  each(of, (unit, moved) => {
    const x = covariate[unit]!;
    if (Number.isNaN(x)) return;
    arms[data.armOf[unit]!]!.add(x, moved);
    all.add(x, moved);
  });
  const slope = cupedSlope(arms);
  if (slope === undefined) return undefined;
  const influence = of.influence.slice();
  const known = data.arms.map(() => 0);
  const units = data.arms.map(() => 0);
  each(of, (unit, moved) => {
    const arm = data.armOf[unit]!;
    units[arm]! += 1;
    if (Number.isNaN(covariate[unit]!)) return;
    known[arm]! += 1;
    influence[unit] = moved - slope * (covariate[unit]! - arms[arm]!.meanX);
  });
  // Units without a covariate stand at the mean of all: the arm's mean moves by the share that has one.
  const values = of.values.map((value, arm) =>
    units[arm]! > 0 && known[arm]! > 0
      ? value - slope * (arms[arm]!.meanX - all.meanX) * (known[arm]! / units[arm]!)
      : value,
  );
  return { values, influence, varianceLeft: leftOf(influence, of.influence) };
};

/**
 * Post-stratification [Miratrix2013]: each arm's value with the strata in the shares they have among all units. Every
 * stratum must hold two units of each arm; the stratum of a unit is a word. Undefined otherwise.
 */
export const adjustByStrata = (data: UnitData, of: ArmValues, stratumOf: readonly string[]): Adjusted | undefined => {
  const cells = new Map<string, { readonly n: number[]; readonly sum: number[] }>();
  let all = 0;
  each(of, (unit, moved) => {
    const arm = data.armOf[unit]!;
    let cell = cells.get(stratumOf[unit]!);
    if (cell === undefined) {
      cell = { n: data.arms.map(() => 0), sum: data.arms.map(() => 0) };
      cells.set(stratumOf[unit]!, cell);
    }
    cell.n[arm]! += 1;
    cell.sum[arm]! += moved;
    all++;
  });
  if ([...cells.values()].some((cell) => cell.n.some((n) => n < 2))) return undefined;
  const armUnits = data.arms.map((_, arm) => [...cells.values()].reduce((sum, cell) => sum + cell.n[arm]!, 0));
  const values = of.values.map((value, arm) => {
    let shift = 0;
    for (const { n, sum } of cells.values()) {
      const share = n.reduce((total, one) => total + one, 0) / all;
      shift += share * (sum[arm]! / n[arm]!);
    }
    return value + shift;
  });
  const influence = of.influence.slice();
  each(of, (unit, moved) => {
    const arm = data.armOf[unit]!;
    const { n, sum } = cells.get(stratumOf[unit]!)!;
    const share = n.reduce((total, one) => total + one, 0) / all;
    // Weighted so that the mean square over the arm is Σ W² s² / n times the arm's n.
    const weight = (share * armUnits[arm]!) / n[arm]!;
    const spread = Math.sqrt(n[arm]! / (n[arm]! - 1));
    influence[unit] = weight * spread * (moved - sum[arm]! / n[arm]!);
  });
  return { values, influence, varianceLeft: leftOf(influence, of.influence) };
};

/** Of no variance nothing can be taken away. */
const leftOf = (adjusted: Float64Array, before: Float64Array): number => {
  const whole = squares(before);
  return whole === 0 ? 1 : squares(adjusted) / whole;
};

const each = (of: ArmValues, take: (unit: number, moved: number) => void): void => {
  for (let unit = 0; unit < of.influence.length; unit++) {
    const moved = of.influence[unit]!;
    if (!Number.isNaN(moved)) take(unit, moved);
  }
};

const squares = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value * value;
  return sum;
};
