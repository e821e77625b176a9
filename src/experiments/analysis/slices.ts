/** The effect in parts of the population, told so that noise does not look like discovery. */

import type { Estimate } from '#domain';
import { difference, type Effect, effectTest, holm, shrinkEffects } from '#stats';
import { type ArmValues, squaredError } from './arm-values.ts';
import { intervalOf } from './looks.ts';
import { type UnitData, wordByUnit } from './unit-data.ts';

export interface Slice {
  readonly slice: string;
  readonly units: number;
  readonly effect: Estimate;
  /**
   * Pulled towards the mean of all slices by as much as slices differ by chance; unknown below three slices, and where one
   * of them does not vary.
   */
  readonly shrunken: Estimate;
  /** p-value of no effect in this slice, adjusted by Holm for the number of slices. */
  readonly pValue?: number;
}

export interface SliceReport {
  readonly column: string;
  readonly metric: string;
  readonly arm: string;
  readonly slices: readonly Slice[];
  /** p-value that the effect is the same everywhere: look at single slices only when it is small. */
  readonly heterogeneity?: number;
  /** Slices with fewer than 30 units in an arm, which are not told. */
  readonly tooSmall: readonly string[];
}

const LEAST = 30;

/** Effect of arm `arm` (an index ≥ 1) by the word that each unit has in `column`. */
export const sliceEffects = (
  data: UnitData,
  metric: string,
  values: ArmValues,
  column: string,
  arm: number,
  alpha: number,
): SliceReport => {
  const groups = groupInfluences(data, values, wordByUnit(data, column), arm);
  const tooSmall: string[] = [];
  const told: { readonly slice: string; readonly effect: Effect }[] = [];
  for (const [slice, [control, treated]] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (Math.min(control.length, treated.length) < LEAST) tooSmall.push(slice);
    else
      told.push({
        slice,
        effect: difference(sideOf(treated, values.values[arm]!), sideOf(control, values.values[0]!)),
      });
  }
  const shrunken = shrinkEffects(
    told.map((each) => each.effect),
    { level: 1 - alpha },
  );
  const unshrunken = told.length < 3 ? 'fewer_than_three_slices' : 'no_variance';
  const tests = told.map((each) => effectTest(each.effect));
  const adjusted = holm(tests.map((test) => (test.ok ? test.pValue : 1)));
  return {
    column,
    metric,
    arm: data.arms[arm]!,
    tooSmall,
    ...(shrunken && { heterogeneity: shrunken.pValue }),
    slices: told.map(({ slice, effect }, place) => ({
      slice,
      units: effect.n,
      effect: intervalOf(effect, { kind: 'fixed' }, alpha, effect.n),
      shrunken: shrunken?.groups[place] ?? { ok: false, reason: unshrunken },
      ...(tests[place]!.ok && { pValue: adjusted[place]! }),
    })),
  };
};

type Sides = readonly [control: number[], treated: number[]];

const groupInfluences = (
  data: UnitData,
  values: ArmValues,
  words: readonly string[],
  arm: number,
): ReadonlyMap<string, Sides> => {
  const groups = new Map<string, Sides>();
  for (let unit = 0; unit < words.length; unit++) {
    const moved = values.influence[unit]!;
    const own = data.armOf[unit]!;
    if ((own !== arm && own !== 0) || Number.isNaN(moved)) continue;
    const word = words[unit]! || '(unknown)';
    const group: Sides = groups.get(word) ?? [[], []];
    groups.set(word, group);
    group[own === 0 ? 0 : 1].push(moved);
  }
  return groups;
};

/** Value of a slice of an arm: that of the arm, moved by the mean influence of the slice. */
const sideOf = (moved: readonly number[], value: number): Effect => {
  const n = moved.length;
  const mean = moved.reduce((sum, one) => sum + one, 0) / n;
  const squares = moved.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { value: value + mean, variance: squaredError(squares, n, value + mean), df: n - 1, n };
};
