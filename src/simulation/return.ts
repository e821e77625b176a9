/** Whether a listener comes back: a habit that true utility feeds or starves. */

import type { Rng } from '#math';
import { clamp, sigmoid } from './weighted-draw.ts';

/** What a listener has come to expect, in [0, 1]: the moving average of how good their sessions truly were. */
export interface Satisfaction {
  level: number;
}

/** Share of the newest session in the average. */
const LEARNING_RATE = 0.35;
/** A session of this mean utility leaves the habit as it is. */
const EVEN_LEVEL = 0.55;
/** Change of the log-odds of coming per unit of satisfaction. */
const RETURN_EFFECT = 6;

/** Probability of listening at all on a day. */
export const visitProbability = (habit: number, satisfaction: Satisfaction): number =>
  sigmoid(Math.log(habit / (1 - habit)) + RETURN_EFFECT * (satisfaction.level - EVEN_LEVEL));

export const comesToday = (habit: number, satisfaction: Satisfaction, rng: Rng): boolean =>
  rng.next() < visitProbability(habit, satisfaction);

export const learnFrom = (satisfaction: Satisfaction, sessionUtility: number): void => {
  satisfaction.level += LEARNING_RATE * (clamp(sessionUtility, 0, 1) - satisfaction.level);
};
