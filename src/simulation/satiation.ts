/** What repetition does: first it warms, then it wears out. */

import { DAY_MS, type EpochMs } from '#domain';

/** What one listener carries of one track. */
export interface Trace {
  /** Nearness to the tastes, and lasting utility, worked out once a period of drift. */
  near: number;
  lasting: number;
  /** Period for which they were worked out. */
  period: number;
  plays: number;
  lastAt: EpochMs;
  /** Plays, each halved every week: what is still in the ear. */
  activation: number;
}

/** How much of an artist is still in the ear: plays, each halved every week. */
export interface Fatigue {
  activation: number;
  lastAt: EpochMs;
}

const HALF_LIFE_DAYS = 7;
const WARMTH = 0.12;
const WEAR = 0.067;

const decayed = (trace: Fatigue, at: EpochMs): number =>
  trace.activation * Math.exp((-Math.LN2 * (at - trace.lastAt)) / (HALF_LIFE_DAYS * DAY_MS));

/**
 * Change of utility by recent repetition: warmth·a − wear·a² of the activation a, at least −0.5. An inverted U with its
 * top at 0.9 plays in the ear, as in Ex2Vec [Sguerra2023] though with exponential instead of power decay.
 */
export const satiationEffect = (trace: Trace, at: EpochMs): number => {
  if (trace.plays === 0) return 0;
  const activation = decayed(trace, at);
  return Math.max(-0.5, WARMTH * activation - WEAR * activation * activation);
};

const FATIGUE_FREE = 3;
const FATIGUE = 0.025;

/** Change of utility by an artist who is heard all the time: −0.025 per play in the ear beyond three, at least −0.3. */
export const fatigueEffect = (fatigue: Fatigue | undefined, at: EpochMs): number =>
  fatigue === undefined ? 0 : -Math.min(0.3, FATIGUE * Math.max(0, decayed(fatigue, at) - FATIGUE_FREE));

/** Adds to the artist’s ear-share a play of which a share was heard. */
export const tire = (fatigue: Fatigue, at: EpochMs, share: number): void => {
  fatigue.activation = decayed(fatigue, at) + share;
  fatigue.lastAt = at;
};

/** Adds a play of which a share was heard. */
export const remember = (trace: Trace, at: EpochMs, share: number): void => {
  trace.activation = trace.plays === 0 ? share : decayed(trace, at) + share;
  trace.plays++;
  trace.lastAt = at;
};
