/** Effects in many groups, pulled towards their common mean by as much as they are noise. */

import type { Estimate } from '#domain';
import { chiSquare } from '../distributions/chi-square.ts';
import type { LevelOption } from '../estimates/level.ts';
import { normalEstimate } from '../estimates/symmetric.ts';
import type { Effect } from '../tests/effect.ts';

export interface Shrunken {
  /** Common mean of the effects. */
  readonly mean: Estimate;
  /** Standard deviation of true effects between groups; 0 when the spread is no more than noise. */
  readonly spread: number;
  /** Chance, were all effects equal, of a spread as large: Cochran's Q against chi-square. */
  readonly pValue: number;
  /** Effect of each group after shrinkage, in the order given. */
  readonly groups: readonly Estimate[];
}

/**
 * Empirical Bayes for effects e_g ~ N(θ_g, v_g), θ_g ~ N(μ, τ²): τ² by [DerSimonian1986], θ_g by its posterior mean with
 * the interval of [Morris1983], which adds the uncertainty of μ and of τ². With groups of equal truth the most
 * extreme group is no longer extreme. Undefined for fewer than three groups, or when one has no variance.
 */
export const shrinkEffects = (effects: readonly Effect[], options: LevelOption = {}): Shrunken | undefined => {
  const k = effects.length;
  if (k < 3 || effects.some(({ value, variance }) => !(Number.isFinite(value) && variance > 0))) return undefined;
  const fixed = weightedMean(effects, 0);
  const q = effects.reduce((sum, effect) => sum + (effect.value - fixed.mean) ** 2 / effect.variance, 0);
  const weights = effects.map((effect) => 1 / effect.variance);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  const tau2 = Math.max(0, (q - (k - 1)) / (total - squares / total));
  const common = weightedMean(effects, tau2);
  const n = effects.reduce((sum, effect) => sum + effect.n, 0);
  return {
    mean: normalEstimate({ value: common.mean, variance: common.variance, n, method: 'random-effects mean' }, options),
    spread: Math.sqrt(tau2),
    pValue: chiSquare.tail(q, k - 1),
    groups: effects.map((effect) => posterior(effect, common, tau2, k, options)),
  };
};

interface Common {
  readonly mean: number;
  readonly variance: number;
}

const weightedMean = (effects: readonly Effect[], tau2: number): Common => {
  let weight = 0;
  let sum = 0;
  for (const effect of effects) {
    const one = 1 / (effect.variance + tau2);
    weight += one;
    sum += one * effect.value;
  }
  return { mean: sum / weight, variance: 1 / weight };
};

const posterior = (effect: Effect, common: Common, tau2: number, k: number, options: LevelOption): Estimate => {
  // Share of the group's deviation that is noise, held below one as its estimate is uncertain [Morris1983, eq. 1.14].
  const shrink = ((k > 3 ? (k - 3) / (k - 1) : 1) * effect.variance) / (effect.variance + tau2);
  const away = effect.value - common.mean;
  const variance =
    effect.variance * (1 - shrink) + shrink ** 2 * common.variance + (2 / Math.max(1, k - 3)) * shrink ** 2 * away ** 2;
  const value = common.mean + (1 - shrink) * away;
  return normalEstimate({ value, variance, n: effect.n, method: 'empirical Bayes, Morris interval' }, options);
};
