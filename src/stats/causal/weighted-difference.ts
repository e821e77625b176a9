/** The difference of two weighted means over the same clusters: inverse-probability weighting with known propensities. */

import type { Estimate } from '#domain';
import type { LevelOption } from '../estimates/level.ts';
import { studentEstimate } from '../estimates/symmetric.ts';

/** Sums of weights, and of weights times outcome, within one cluster. */
export interface ArmSums {
  readonly weight: number;
  readonly outcome: number;
}

export interface ClusterArms {
  readonly treated: ArmSums;
  readonly control: ArmSums;
}

/**
 * Σ w·y / Σ w of the treated minus the same of the controls [Hajek1971], each weight an inverse of the probability that was
 * known when the arm was drawn. The variance is that of the linearised difference over clusters (listeners), so that both
 * arms of one of them, and several outcomes, are kept together: Σ d² · n / (n - 1) with
 * d = (y₁ - μ₁w₁) / Σw₁ - (y₀ - μ₀w₀) / Σw₀; t on n - 1 degrees of freedom. Reasons: `no_units`, `one_unit`,
 * `zero_denominator` when an arm has no weight.
 */
export const weightedDifference = (clusters: readonly ClusterArms[], options: LevelOption = {}): Estimate => {
  const n = clusters.length;
  if (n === 0) return { ok: false, reason: 'no_units' };
  if (n === 1) return { ok: false, reason: 'one_unit' };
  const total = (of: (cluster: ClusterArms) => number): number =>
    clusters.reduce((sum, cluster) => sum + of(cluster), 0);
  const treated = total((cluster) => cluster.treated.weight);
  const control = total((cluster) => cluster.control.weight);
  if (!(treated > 0 && control > 0)) return { ok: false, reason: 'zero_denominator' };
  const treatedMean = total((cluster) => cluster.treated.outcome) / treated;
  const controlMean = total((cluster) => cluster.control.outcome) / control;
  const squares = total((cluster) => {
    const above = (cluster.treated.outcome - treatedMean * cluster.treated.weight) / treated;
    const below = (cluster.control.outcome - controlMean * cluster.control.weight) / control;
    return (above - below) ** 2;
  });
  const method = 'difference of weighted means, clustered';
  const variance = (squares * n) / (n - 1);
  return studentEstimate({ value: treatedMean - controlMean, variance, n, df: n - 1, method }, options);
};
