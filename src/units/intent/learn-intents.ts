/** From answers to what posteriors rest on: a model where the answers carry one, else the rules, and how far to trust it. */

import type { Rng } from '#math';
import type { SurveyAnswers } from './answer.ts';
import { type Calibration, calibrationOf, crossFit } from './calibration.ts';
import { fitIntentModel } from './fit-intent-model.ts';
import type { IntentModel } from './intent-model.ts';

export interface IntentLearning {
  /** Null: the rules alone. */
  readonly model: IntentModel | null;
  readonly because: 'learned' | 'too_few_answers' | 'no_better_than_rules';
  /** Answers that name an intent, and listeners who gave them. */
  readonly answers: number;
  readonly listeners: number;
  /** Answers that could not be used. */
  readonly withoutProbability: number;
  readonly withoutSession: number;
  /**
   * On the answers: of the rules, and of models judged on listeners they have not seen. Null below `LEAST_ANSWERS` and
   * `LEAST_ANSWERERS`.
   */
  readonly calibration: { readonly rules: Calibration; readonly learned: Calibration } | null;
}

/** With fewer a table of reliability is chance, and a model would be the listeners who happened to answer. */
export const LEAST_ANSWERS = 50;
export const LEAST_ANSWERERS = 20;

/** Before anybody was asked. */
export const RULES_ALONE: IntentLearning = {
  model: null,
  because: 'too_few_answers',
  answers: 0,
  listeners: 0,
  withoutProbability: 0,
  withoutSession: 0,
  calibration: null,
};

/**
 * The model of all answers, when models of four fifths of the listeners predict the others' answers better than the rules
 * do (log loss). Same answers and seed, same bytes. O(six fits + calls · resamples).
 */
export const learnIntents = (survey: SurveyAnswers, rng: Rng): IntentLearning => {
  const answers = survey.answers.filter(({ intents }) => intents.length > 0);
  const listeners = new Set(answers.map(({ userId }) => userId)).size;
  const { withoutProbability, withoutSession } = survey;
  const counts = { answers: answers.length, listeners, withoutProbability, withoutSession };
  if (answers.length < LEAST_ANSWERS || listeners < LEAST_ANSWERERS) {
    return { model: null, because: 'too_few_answers', ...counts, calibration: null };
  }
  const rules = calibrationOf(
    answers.map((answer) => ({ answer, model: null })),
    rng.derive('rules'),
  );
  const learned = calibrationOf(crossFit(answers), rng.derive('learned'));
  const calibration = { rules, learned };
  if (learned.logLoss >= rules.logLoss) {
    return { model: null, because: 'no_better_than_rules', ...counts, calibration };
  }
  return { model: fitIntentModel(answers), because: 'learned', ...counts, calibration };
};
