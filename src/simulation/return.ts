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
  /** Days left of a spell away for reasons of their own (travel, work, another band's tour), the day of return counted. */
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
/** Log-odds of coming beside the habit; what the first and each further day away takes from it: absence breeds absence. */
const ON_ANY_DAY = -0.5;
const PULLED_AWAY = 0.8;
const FARTHER_AWAY = 0.1;
const LONG_ABSENCE = 6;
/** Hazard that a day begins a spell away, for a frailty of 1, and the mean days of a spell beyond two. */
const SPELL_HAZARD = 0.18;
const SPELL_DAYS = 3.5;
const LAPSES_AFTER_DAYS = 14;
const LAPSES_BELOW = 0.2;
/** Probability a day that a reminder brings back who is gone. */
const REMINDED = 0.012;

export const createMind = (): Mind => ({ level: 0.6, attachment: 0, absent: 0, spell: 0, isLapsed: false });

/** What of a person decides how often they come. */
export interface Comer {
  /** How eager by habit, in (0, 1): a probability of listening on a day, before absence, spells and sessions count. */
  readonly habit: number;
  /**
   * How easily other things keep them away: gamma distributed over people, mean 1 [Vaupel1979]. Many gaps are short, and
   * some people have long ones.
   */
  readonly frailty: number;
}

/** Probability of listening at all on a day, in [0, 1); `push` is what the day itself adds, in log-odds. */
export const visitProbability = (comer: Comer, mind: Mind, rules: WorldRules, push = 0): number => {
  if (mind.spell > 1) return 0;
  const willing = willingness(comer, mind, rules, push);
  return mind.spell === 1 ? willing : willing * (1 - spellRisk(comer));
};

/**
 * What the sessions so far do to that probability, in (-1, 1): against the same listener, as long away, who had felt a mean
 * utility of `EVEN_LEVEL` in all of them.
 */
export const effectOfSessions = (comer: Comer, mind: Mind, rules: WorldRules, push = 0): number =>
  visitProbability(comer, mind, rules, push) -
  visitProbability(comer, { ...mind, level: EVEN_LEVEL, attachment: 0 }, rules, push);

/** Probability of coming when nothing keeps them away. */
const willingness = ({ habit }: Comer, mind: Mind, rules: WorldRules, push: number): number => {
  if (mind.isLapsed) return REMINDED;
  const away = mind.absent === 0 ? 0 : PULLED_AWAY + FARTHER_AWAY * Math.min(mind.absent - 1, LONG_ABSENCE);
  const habitNow = logit(habit) + ON_ANY_DAY - away;
  return sigmoid(habitNow + rules['effects.return'] * (mind.level - EVEN_LEVEL) + mind.attachment + push);
};

/** Whether they come that day; keeps count of absence, lapses the long absent, and takes the reminded back. */
export const comesToday = (comer: Comer, mind: Mind, rules: WorldRules, push: number, rng: Rng): boolean => {
  const willing = willingness(comer, mind, rules, push);
  if (mind.spell > 0) mind.spell--;
  else if (rng.next() < spellRisk(comer)) mind.spell = drawSpell(rng);
  if (mind.spell > 0 || rng.next() >= willing) {
    mind.absent++;
    if (mind.absent >= LAPSES_AFTER_DAYS && willing < LAPSES_BELOW) mind.isLapsed = true;
    return false;
  }
  if (mind.isLapsed) Object.assign(mind, { isLapsed: false, level: 0.5, attachment: -0.5 });
  mind.absent = 0;
  return true;
};

/** Probability that a day begins a spell away. */
const spellRisk = ({ frailty }: Comer): number => 1 - Math.exp(-SPELL_HAZARD * frailty);

/** Days, at least 2, exponential beyond. */
const drawSpell = (rng: Rng): number => 2 + Math.floor(-SPELL_DAYS * Math.log(1 - rng.next()));

/** `diversity` is the share of different artists among the plays. */
export const learnFrom = (mind: Mind, utility: number, diversity: number, rules: WorldRules): void => {
  const felt = clamp(utility, 0, 1);
  mind.level += LEARNING_RATE * (felt - mind.level);
  const lasting =
    rules['effects.attachment'] * (felt - EVEN_LEVEL) + 0.1 * rules['effects.diversity'] * (diversity - EVEN_DIVERSITY);
  mind.attachment = clamp(mind.attachment + lasting, ATTACHMENT.least, ATTACHMENT.most);
};
