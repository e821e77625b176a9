/** What the short-term metrics of a test say about its long-term effect. */

import { normal } from '#stats';
import type { ExperimentEffects } from './corpus.ts';
import { type LatentEffects, observe, posterior } from './latent-effects.ts';

export interface LongTermView {
  /** Expected true effect on the outcome, given the proxies. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** P(true effect > 0). */
  readonly better: number;
}

/**
 * The posterior of the outcome given an experiment's proxies alone, as if the outcome had not been measured yet.
 * Undefined when the experiment measured none of the proxies.
 */
export const viewLongTerm = (
  model: LatentEffects,
  outcome: number,
  experiment: ExperimentEffects,
): LongTermView | undefined => {
  const at = model.metrics.indexOf(outcome);
  if (at < 0) throw new RangeError(`the model does not hold the outcome`);
  const seen = observe(experiment, model.metrics, model.noise);
  const kept = seen.places.map((place, i) => ({ place, i })).filter(({ place }) => place !== at);
  if (kept.length === 0) return undefined;
  const m = model.metrics.length;
  const k = seen.places.length;
  const { mean, covariance } = posterior(
    {
      places: kept.map(({ place }) => place),
      effects: Float64Array.from(kept, ({ i }) => seen.effects[i]!),
      errors: Float64Array.from(kept.flatMap((a) => kept.map((b) => seen.errors[a.i * k + b.i]!))),
    },
    model.lambda,
  );
  const standardDeviation = Math.sqrt(Math.max(0, covariance[at * m + at]!));
  const better = standardDeviation === 0 ? Number(mean[at]! > 0) : normal.cdf(mean[at]! / standardDeviation);
  return { mean: mean[at]!, standardDeviation, better };
};

export type Decision = 'launch' | 'stop' | 'unclear';

/** Launch where the chance to be better is at least 1 − α/2, stop where it is at most α/2, else unclear. */
export const decide = (better: number, alpha = 0.05): Decision =>
  better >= 1 - alpha / 2 ? 'launch' : better <= alpha / 2 ? 'stop' : 'unclear';

/** The decision of a direct measurement: by its z-score, two-sided. */
export const decideDirectly = (effect: number, standardError: number, alpha = 0.05): Decision =>
  decide(normal.cdf(effect / standardError), alpha);
