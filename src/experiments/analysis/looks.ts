/** How often the data are looked at, and what an interval must then be. */

import type { Estimate } from '#domain';
import {
  type Effect,
  effectEstimate,
  effectTest,
  mixtureEstimate,
  mixtureTest,
  mixtureVariance,
  normalEstimate,
  type SpendingName,
  spendingBounds,
  type TestResult,
} from '#stats';

/**
 * `fixed`: one look at the end, as planned. `group-sequential`: at the given information fractions, this one being the
 * last of them, error spent as named. `always-valid`: at any time; `plannedUnits` is where it is to be narrowest.
 */
export type Looks =
  | { readonly kind: 'fixed' }
  | { readonly kind: 'group-sequential'; readonly fractions: readonly number[]; readonly spending: SpendingName }
  | { readonly kind: 'always-valid'; readonly plannedUnits: number };

/**
 * Interval of an effect at two-sided `alpha`, valid under the way of looking. Reasons: `no_variance` where nothing varies,
 * since an interval of no width would claim to know; `not_finite`; `too_early_to_look`.
 */
export const intervalOf = (effect: Effect, looks: Looks, alpha: number, units: number): Estimate => {
  if (effect.variance === 0) return { ok: false, reason: 'no_variance' };
  switch (looks.kind) {
    case 'fixed':
      return effectEstimate(effect, 'Welch t interval', { level: 1 - alpha });
    case 'always-valid':
      return mixtureEstimate(effect, mixtureAt(effect, looks.plannedUnits, alpha, units), { level: 1 - alpha });
    case 'group-sequential':
      return repeatedInterval(effect, looks, alpha);
  }
};

/** p-value of no effect. Under group-sequential looks it is the fixed one of this look: compare the interval instead. */
export const testOf = (effect: Effect, looks: Looks, alpha: number, units: number): TestResult =>
  looks.kind === 'always-valid'
    ? mixtureTest(effect, mixtureAt(effect, looks.plannedUnits, alpha, units))
    : effectTest(effect);

/** The mixture tuned to the variance that the planned number of units will leave. */
const mixtureAt = (effect: Effect, plannedUnits: number, alpha: number, units: number): number =>
  mixtureVariance((effect.variance * units) / plannedUnits, alpha);

/** value ± bound · se, the bound that of this look: holds at all looks at once [Jennison2000, chapter 9]. */
const repeatedInterval = (
  effect: Effect,
  looks: { readonly fractions: readonly number[]; readonly spending: SpendingName },
  alpha: number,
): Estimate => {
  const bound = boundAt(looks.fractions, looks.spending, alpha);
  if (!Number.isFinite(bound)) return { ok: false, reason: 'too_early_to_look' };
  const interval = normalEstimate({ ...effect, method: 'repeated interval' }, { level: 1 - alpha });
  if (!interval.ok) return interval;
  const half = bound * Math.sqrt(effect.variance);
  return {
    ...interval,
    interval: { lower: effect.value - half, upper: effect.value + half },
    method: `repeated interval, ${looks.spending} spending`,
  };
};

const BOUNDS = new Map<string, number>();

/** Bound of the last look; kept, as a report asks for the same one for each metric. */
export const boundAt = (fractions: readonly number[], spending: SpendingName, alpha: number): number => {
  const key = `${spending} ${alpha} ${fractions.join(' ')}`;
  const known = BOUNDS.get(key);
  if (known !== undefined) return known;
  const { bounds } = spendingBounds({ fractions, alpha, sides: 2 }, spending);
  const bound = bounds.at(-1)!;
  // Bounded: a server analyses for months.
  if (BOUNDS.size >= 1000) BOUNDS.clear();
  BOUNDS.set(key, bound);
  return bound;
};
