/** How good predicted survival curves are, when some units were not followed to their end. */

import type { Estimate } from '#domain';
import type { LevelOption } from '../estimates/level.ts';
import { meanEstimate } from '../estimates/mean.ts';
import { kaplanMeier, stepAt } from './kaplan-meier.ts';
import { checkLifetimes, type Lifetimes } from './risk-table.ts';

/**
 * Integrated Brier score over steps 1 … K, each unit weighted by the inverse chance of not having been censored
 * [Graf1999]: the mean squared distance of S(k|x) from "still there at k". 0 is perfect, ¼ that of always saying ½.
 * `curves[i]` is S(0) … S(K) of unit i. Reasons: `no_units`; `one_unit`; `horizon_beyond_data` when all that could tell
 * were censored before K.
 */
export const integratedBrierScore = (
  lifetimes: Lifetimes,
  curves: readonly ArrayLike<number>[],
  horizon: number,
  options: LevelOption = {},
): Estimate => {
  checkLifetimes(lifetimes);
  const { durations, ended } = lifetimes;
  if (curves.length !== durations.length) {
    throw new RangeError(`${curves.length} curves for ${durations.length} units: expected one each`);
  }
  const uncensored = kaplanMeier({ durations, ended: Uint8Array.from(ended, (end) => (end ? 0 : 1)) });
  /** Chance to be still in view just after a time, or just before it. */
  const inView = (time: number): number => stepAt(uncensored, time)?.survival ?? 1;
  const inViewBefore = (time: number): number => {
    const before = uncensored.steps.findLast((step) => step.time < time);
    return before?.survival ?? 1;
  };
  if (inView(horizon) === 0 && durations.length > 0) return { ok: false, reason: 'horizon_beyond_data' };
  const scores = curves.map((curve, i) => {
    let sum = 0;
    for (let k = 1; k <= horizon; k++) {
      const duration = durations[i]!;
      if (duration > k) sum += (1 - curve[k]!) ** 2 / inView(k);
      else if (ended[i]) sum += curve[k]! ** 2 / inViewBefore(duration);
    }
    return sum / horizon;
  });
  const estimate = meanEstimate(scores, options);
  return estimate.ok ? { ...estimate, method: 'integrated Brier score, weighted by inverse censoring' } : estimate;
};
