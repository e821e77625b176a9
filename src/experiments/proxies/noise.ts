/** How the errors of metrics measured on the same people hang together. */

import type { Corpus, ExperimentEffects } from './corpus.ts';

export interface NoiseModel {
  /** Correlations of sampling errors, metrics × metrics, row-major. */
  readonly correlations: Float64Array;
  readonly from: 'a/a tests' | 'given' | 'taken for independent';
}

export interface NoiseCorrelation {
  readonly metric: string;
  readonly other: string;
  /** In (−1, 1). */
  readonly correlation: number;
}

/** Below this many A/A tests a correlation of z-scores is too rough to lean on. */
const FEWEST_AA = 30;

/**
 * Error correlations: those given; else of the z-scores of A/A tests, shrunk by n/(n + 10) towards independence; with
 * fewer than 30 A/A tests none. Errors that go together, taken for independent, look like effects that go together:
 * give the correlations or run A/A tests.
 */
export const noiseModel = (corpus: Corpus, given: readonly NoiseCorrelation[] = []): NoiseModel => {
  const m = corpus.metrics.length;
  const correlations = new Float64Array(m * m);
  for (let j = 0; j < m; j++) correlations[j * m + j] = 1;
  if (given.length > 0) {
    for (const { metric, other, correlation } of given) {
      const [a, b] = [corpus.metrics.indexOf(metric), corpus.metrics.indexOf(other)];
      if (a < 0 || b < 0 || a === b) continue;
      correlations[a * m + b] = correlation;
      correlations[b * m + a] = correlation;
    }
    return { correlations, from: 'given' };
  }
  if (corpus.aa.length < FEWEST_AA) return { correlations, from: 'taken for independent' };
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < a; b++) {
      const value = zCorrelation(corpus.aa, a, b);
      correlations[a * m + b] = value;
      correlations[b * m + a] = value;
    }
  }
  return { correlations, from: 'a/a tests' };
};

/** The z-scores have mean 0 and variance 1 by construction, so only their products are averaged. */
const zCorrelation = (aa: readonly ExperimentEffects[], a: number, b: number): number => {
  let [products, first, second, n] = [0, 0, 0, 0];
  for (const { effects, standardErrors } of aa) {
    const x = effects[a]! / standardErrors[a]!;
    const y = effects[b]! / standardErrors[b]!;
    if (Number.isNaN(x * y)) continue;
    products += x * y;
    first += x * x;
    second += y * y;
    n++;
  }
  return n < FEWEST_AA ? 0 : (products / Math.sqrt(first * second)) * (n / (n + 10));
};
