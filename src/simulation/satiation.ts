/** What repetition does: first it warms, then it wears out. */

import { DAY_MS, type EpochMs } from '#domain';

/** What one listener carries of one track. */
export interface Trace {
  /** Lasting utility, worked out once. */
  readonly lasting: number;
  plays: number;
  lastAt: EpochMs;
  /** Plays, each halved every four days: what is still in the ear. */
  activation: number;
}

const HALF_LIFE_DAYS = 4;
const WARMTH = 0.12;
const WEAR = 0.067;

const decayed = (trace: Trace, at: EpochMs): number =>
  trace.activation * 2 ** (-(at - trace.lastAt) / (HALF_LIFE_DAYS * DAY_MS));

/**
 * Change of utility by recent repetition: warmth·a − wear·a² of the activation a, at least −0.5. An inverted U with its
 * top at 0.9 plays in the ear, as in Ex2Vec [Sguerra2023] though with exponential instead of power decay.
 */
export const satiationEffect = (trace: Trace, at: EpochMs): number => {
  if (trace.plays === 0) return 0;
  const activation = decayed(trace, at);
  return Math.max(-0.5, WARMTH * activation - WEAR * activation * activation);
};

/** Adds a play of which a share was heard. */
export const remember = (trace: Trace, at: EpochMs, share: number): void => {
  trace.activation = trace.plays === 0 ? share : decayed(trace, at) + share;
  trace.plays++;
  trace.lastAt = at;
};
