/** Notices within a session that the listener wants something else now. */

import { argMax } from '#math';

/** What is believed after an event. */
export interface IntentBelief {
  /** The intent to act upon: the likeliest until one is believed firmly, and that one until another is. */
  readonly intent: number;
  /** With this event another intent is believed firmly than the one that was. */
  readonly switched: boolean;
}

export interface IntentSwitchOptions {
  /** Probability of each intent at the start of a session, and after a switch. */
  readonly prior: Float64Array;
  /** Probability that the intent changes before an event. */
  readonly hazard?: number;
  /** How firmly another intent must be believed. */
  readonly threshold?: number;
  /** Least share of an event that could have come about under any intent: nothing is ever ruled out by one event. */
  readonly noise?: number;
}

/** One session's filter: `intents` numbers of state. */
export interface IntentSwitch {
  /** Takes in the likelihood of an event under each intent, on any scale; all zero says nothing. */
  observe(likelihood: ArrayLike<number>): IntentBelief;
  /** Probability of each intent now, summing to 1. */
  posterior(): Float64Array;
}

/**
 * A Bayesian change-point filter: the intent stays from event to event, but for a change with probability `hazard` to one
 * drawn from the prior, and
 *   p_t(i) ∝ L_t(i) · ((1 - hazard) · p_{t-1}(i) + hazard · prior(i))
 * — [Adams2007] where every run has one of a few known causes, so that run lengths need not be kept. The intent acted upon
 * changes when the belief in another one reaches `threshold`: one odd event is not enough, two that agree are.
 * O(intents) an event. @throws {RangeError} when the prior is no distribution or the lengths differ.
 */
export const createIntentSwitch = (options: IntentSwitchOptions): IntentSwitch => {
  const { prior, hazard = 0.02, threshold = 0.98, noise = 0.0001 } = options;
  const total = prior.reduce((sum, value) => sum + value, 0);
  if (!(Math.abs(total - 1) < 1e-6)) throw new RangeError(`a prior that sums to ${total}: expected 1`);
  const posterior = Float64Array.from(prior);
  let intent: number | null = null;
  return {
    observe: (likelihood) => {
      if (likelihood.length !== prior.length) {
        throw new RangeError(`likelihoods of ${likelihood.length} intents: expected ${prior.length}`);
      }
      update(posterior, prior, hazard, noise, likelihood);
      const likeliest = argMax(posterior);
      const before = intent;
      if (posterior[likeliest]! >= threshold) intent = likeliest;
      const switched = before !== null && intent !== before;
      return { intent: intent ?? likeliest, switched };
    },
    posterior: () => posterior.slice(),
  };
};

const update = (
  posterior: Float64Array,
  prior: Float64Array,
  hazard: number,
  noise: number,
  likelihood: ArrayLike<number>,
): void => {
  let mean = 0;
  for (let i = 0; i < prior.length; i++) mean += likelihood[i]! / prior.length;
  if (mean === 0) return;
  let sum = 0;
  for (let i = 0; i < prior.length; i++) {
    const seen = (1 - noise) * (likelihood[i]! / mean) + noise;
    posterior[i] = seen * ((1 - hazard) * posterior[i]! + hazard * prior[i]!);
    sum += posterior[i]!;
  }
  for (let i = 0; i < prior.length; i++) posterior[i]! /= sum;
};
