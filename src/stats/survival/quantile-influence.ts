/** A quantile of durations some of which are censored, and how each cluster of them moves it. */

import { normal } from '../distributions/normal.ts';
import { kaplanMeier, type SurvivalCurve, stepAt } from './kaplan-meier.ts';
import type { Lifetimes } from './risk-table.ts';

export interface ClusteredLifetimes extends Lifetimes {
  /** Dense index of the cluster of each duration, e.g. of its user. */
  readonly clusters: ArrayLike<number>;
}

export interface QuantileInfluence {
  /** First time by which the share has ended. */
  readonly value: number;
  /** By cluster: the quantile strays from the true one as the sum of these does. Sums to 0; NaN for a cluster without a duration. */
  readonly moved: Float64Array;
}

const Z = normal.quantile(0.975);

/**
 * The time by which a share `p` has ended by Kaplan–Meier, linearized: log S moves by the counting-process residuals
 * (dN − dΛ) / (r − d) of each duration [Andersen1993, section IV.3], the quantile by that over the slope of S between the
 * quantiles two standard errors away, clusters summed first, as a quantile of rows does [Deng2018, section 4]. Undefined
 * when the curve does not come down to 1 − p, or falls past it to 0, where how far it strays cannot be told. O(n log n).
 */
export const quantileInfluence = (lifetimes: ClusteredLifetimes, p: number): QuantileInfluence | undefined => {
  const curve = kaplanMeier(lifetimes);
  const value = reach(curve, 1 - p);
  if (value === undefined || stepAt(curve, value)!.survival === 0) return undefined;
  const survival = survivalInfluence(lifetimes, curve, value);
  let [clusters, squares] = [0, 0];
  for (const moved of survival) {
    if (Number.isNaN(moved)) continue;
    clusters++;
    squares += moved * moved;
  }
  const away = Z * Math.sqrt((squares * clusters) / Math.max(1, clusters - 1));
  const [sooner, later] = [reach(curve, 1 - p + away) ?? value, reach(curve, 1 - p - away)];
  // Where the curve ends before the later one, the near side tells the slope alone.
  const scale = later === undefined ? (value - sooner) / away : (later - sooner) / (2 * away);
  return { value, moved: survival.map((moved) => moved * scale) };
};

/** First time at which the share still there is at most this. */
const reach = ({ steps }: SurvivalCurve, share: number): number | undefined =>
  steps.find(({ survival }) => survival <= share)?.time;

/** How S at a time is moved, by cluster. */
const survivalInfluence = (
  { durations, ended, clusters }: ClusteredLifetimes,
  curve: SurvivalCurve,
  time: number,
): Float64Array => {
  const { survival } = stepAt(curve, time)!;
  const count = Array.from(clusters).reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const moved = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i < durations.length; i++) {
    const until = stepAt(curve, Math.min(durations[i]!, time));
    let residual = -(until?.logVariance ?? 0);
    if (ended[i] && durations[i]! <= time && until !== undefined) residual += 1 / (until.atRisk - until.ended);
    const own = moved[clusters[i]!]!;
    moved[clusters[i]!] = (Number.isNaN(own) ? 0 : own) - survival * residual;
  }
  return moved;
};
