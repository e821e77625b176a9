/** What posteriors rest on, in words. */

import { type IntentLearning, LEAST_ANSWERERS, LEAST_ANSWERS } from './learn-intents.ts';

export const learningWords = ({ because, answers, listeners, calibration }: IntentLearning): string => {
  if (because === 'too_few_answers' || calibration === null) {
    return (
      `a model needs ${LEAST_ANSWERS} answers to surveys by ${LEAST_ANSWERERS} listeners; ` +
      `there are ${answers} by ${listeners}`
    );
  }
  const learned = calibration.learned.logLoss.toFixed(2);
  const rules = calibration.rules.logLoss.toFixed(2);
  return because === 'learned'
    ? `${answers} answers by ${listeners} listeners correct the rules: log loss on listeners not seen ${learned}, of the rules alone ${rules}`
    : `a model of ${answers} answers by ${listeners} listeners predicts others no better: log loss ${learned}, of the rules ${rules}`;
};

/** With fewer answers that name an intent its reliability is hardly told. */
const ENOUGH_NAMED = 10;

/** Why little can be said of one intent; null where enough answers name it. */
export const namedWords = (named: number): string | null => {
  if (named >= ENOUGH_NAMED) return null;
  const answers = named === 0 ? 'no answer names it' : named === 1 ? 'one answer names it' : `${named} answers name it`;
  return `${answers}: too few to tell how true its probabilities are`;
};
