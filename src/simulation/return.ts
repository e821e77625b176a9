/** Whether a listener comes back: a habit that true utility feeds or starves, soon and for good. */

import type { Rng } from '#math';
import { clamp, logit, sigmoid } from './weighted-draw.ts';
import type { WorldRules } from './world-fields.ts';

export interface Mind {
  /** What they have come to expect, in [0, 1]: the moving average of how good their sessions truly were. */
  level: number;
  /** What all sessions together have done to the habit, in log-odds. */
  attachment: number;
  /** Days since they were last here. */
  absent: number;
  /** Days still to be away for reasons of their own: travel, work, another band's tour. */
  spell: number;
  /** Gone; only a reminder brings them back. */
  isLapsed: boolean;
}

/** Share of the newest session in the average. */
const LEARNING_RATE = 0.32;
/** A session of this mean utility leaves the habit as it is. */
export const EVEN_LEVEL = 0.55;
/** Share of different artists in a session that neither adds nor takes where diversity has an effect. */
const EVEN_DIVERSITY = 0.75;
const ATTACHMENT = { least: -5, most: 1.5 };
/** Log-odds of coming for who was here the day before, and what the first and each further day away takes: absence breeds absence. */
const IN_THE_SWING = 0.9;
const PULLED_AWAY = 1.6;
const FARTHER_AWAY = 0.1;
const LONG_ABSENCE = 6;
/** Share of days away that begin a spell, and how many days it goes on. */
const SPELL_SHARE = 0.35;
const SPELL_LEAST = 2;
const SPELL_MORE = 8;
const LAPSES_AFTER_DAYS = 14;
const LAPSES_BELOW = 0.2;
/** Probability a day that a reminder brings back who is gone. */
const REMINDED = 0.012;

export const createMind = (): Mind => ({ level: 0.6, attachment: 0, absent: 0, spell: 0, isLapsed: false });

/** Probability of listening at all on a day; `push` is what the day itself adds, in log-odds. */
export const visitProbability = (habit: number, mind: Mind, rules: WorldRules, push = 0): number => {
  if (mind.isLapsed) return REMINDED;
  const away = mind.absent === 0 ? 0 : PULLED_AWAY + FARTHER_AWAY * Math.min(mind.absent - 1, LONG_ABSENCE);
  const habitNow = logit(habit) + IN_THE_SWING - away;
  return sigmoid(habitNow + rules['effects.return'] * (mind.level - EVEN_LEVEL) + mind.attachment + push);
};

/** Whether they come that day; keeps count of absence, lapses the long absent, and takes the reminded back. */
export const comesToday = (habit: number, mind: Mind, rules: WorldRules, push: number, rng: Rng): boolean => {
  const probability = visitProbability(habit, mind, rules, push);
  const comes = rng.next() < probability && mind.spell === 0;
  if (!comes) {
    mind.absent++;
    if (mind.spell > 0) mind.spell--;
    else if (rng.next() < SPELL_SHARE) mind.spell = SPELL_LEAST + rng.int(SPELL_MORE);
    if (mind.absent >= LAPSES_AFTER_DAYS && probability < LAPSES_BELOW) mind.isLapsed = true;
    return false;
  }
  if (mind.isLapsed) Object.assign(mind, { isLapsed: false, level: 0.5, attachment: -0.5 });
  mind.absent = 0;
  return true;
};

/** `diversity` is the share of different artists among the plays. */
export const learnFrom = (mind: Mind, utility: number, diversity: number, rules: WorldRules): void => {
  const felt = clamp(utility, 0, 1);
  mind.level += LEARNING_RATE * (felt - mind.level);
  const lasting =
    rules['effects.attachment'] * (felt - EVEN_LEVEL) + 0.1 * rules['effects.diversity'] * (diversity - EVEN_DIVERSITY);
  mind.attachment = clamp(mind.attachment + lasting, ATTACHMENT.least, ATTACHMENT.most);
};
