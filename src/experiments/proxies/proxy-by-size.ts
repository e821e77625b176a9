/** The proxy of a corpus for tests of different sizes, beside measuring the outcome itself. */

import type { ExperimentEffects } from './corpus.ts';
import type { LatentEffects } from './latent-effects.ts';
import { type ProxyMoments, proxyCorrelation, proxyWeights } from './proxy-weights.ts';

export interface SizedWeights {
  readonly n: number;
  /** By proxy, in the order asked for; Σ|w| = 1, for effects in the metrics' own units. Null where there are none. */
  readonly weights: readonly number[] | null;
  /** What each proxy contributes: weight times the spread of its true effects, Σ|share| = 1. */
  readonly shares: readonly number[] | null;
  /** Correlation of the proxy's estimate with the true long-term effect. */
  readonly correlation: number | null;
  /** The same of the outcome measured directly in a test of this size. */
  readonly direct: number;
}

/**
 * Weights for tests of `sizes` units. The model holds the proxies first and the outcome last; errors of one unit are the
 * mean of n · se² over the experiments.
 */
export const proxyBySize = (
  model: LatentEffects,
  experiments: readonly ExperimentEffects[],
  sizes: readonly number[],
): readonly SizedWeights[] => {
  const m = model.metrics.length;
  const p = m - 1;
  const noise = model.metrics.map((metric) => unitError(experiments, metric));
  const at = (a: number, b: number): number => model.lambda[a * m + b]!;
  const square = (of: (a: number, b: number) => number) =>
    Float64Array.from({ length: p * p }, (_, place) => of(Math.floor(place / p), place % p));
  const moments: ProxyMoments = {
    proxies: square(at),
    withOutcome: Float64Array.from({ length: p }, (_, a) => at(a, p)),
    noise: square((a, b) => noise[a]! * noise[b]! * model.noise[a * m + b]!),
  };
  const outcome = at(p, p);
  return sizes.map((n) => {
    const weights = proxyWeights(moments, n);
    const shares = weights?.map((weight, a) => weight * Math.sqrt(at(a, a)));
    const size = shares?.reduce((sum, share) => sum + Math.abs(share), 0) ?? 0;
    return {
      n,
      weights: weights ? Array.from(weights) : null,
      shares: shares && size > 0 ? Array.from(shares, (share) => share / size) : null,
      correlation: weights ? proxyCorrelation(moments, outcome, weights, n) : null,
      direct: Math.sqrt(outcome / (outcome + noise[p]! ** 2 / n)),
    };
  });
};

/** Standard error of an effect in a test of one unit. */
const unitError = (experiments: readonly ExperimentEffects[], metric: number): number => {
  const measured = experiments.filter(({ standardErrors }) => !Number.isNaN(standardErrors[metric]!));
  const sum = measured.reduce((total, { n, standardErrors }) => total + n * standardErrors[metric]! ** 2, 0);
  return Math.sqrt(sum / measured.length);
};
