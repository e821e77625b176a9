/** What listeners say a session was for. */

import type { Intent } from '#domain';
import type { IntentEvidence } from './evidence.ts';

export interface IntentAnswer {
  readonly userId: string;
  readonly evidence: IntentEvidence;
  /** One or several; several share the answer. Empty answers teach nothing and are left out. */
  readonly intents: readonly Intent[];
  /** With which probability this session was asked, in (0, 1]. */
  readonly probabilityShown: number;
}

/** What surveys gave, and what of it could not be used. */
export interface SurveyAnswers {
  readonly answers: readonly IntentAnswer[];
  /** Answers of which it is not known with which probability they were asked: nobody knows whom they stand for. */
  readonly withoutProbability: number;
  /** Answers that are about no session. */
  readonly withoutSession: number;
}

export const NO_ANSWERS: SurveyAnswers = { answers: [], withoutProbability: 0, withoutSession: 0 };

/** Answers that were asked for very rarely would outweigh all others: weights stop at this multiple of their mean. */
const MOST_WEIGHT = 10;

/** Inverse probabilities of being asked, with mean 1: who was asked rarely stands for more. */
export const answerWeights = (answers: readonly IntentAnswer[]): Float64Array => {
  const raw = Float64Array.from(answers, ({ probabilityShown }) => 1 / probabilityShown);
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / Math.max(1, raw.length);
  const capped = raw.map((weight) => Math.min(weight / mean, MOST_WEIGHT));
  const cappedMean = capped.reduce((sum, weight) => sum + weight, 0) / Math.max(1, capped.length);
  return capped.map((weight) => weight / cappedMean);
};
