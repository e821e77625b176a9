/** Whether probabilities of intents are what they say: the reliability table and its one number. */

import { INTENTS } from '#domain';
import { answerWeights, type FitIntentOptions, fitIntentModel, type IntentAnswer } from './fit-intent-model.ts';
import type { IntentModel } from './intent-model.ts';
import { intentPosterior } from './posterior.ts';

export interface ReliabilityBin {
  /** Bounds of the probability of the most probable intent, half-open but the last. */
  readonly from: number;
  readonly to: number;
  /** Answers in it, and their weight. */
  readonly n: number;
  readonly weight: number;
  /** Mean probability given to the most probable intent, and how often it was among those the listener named. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface Calibration {
  /** Bins that hold answers, lowest first. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: mean |accuracy − confidence| over bins by weight, in [0, 1]. */
  readonly ece: number;
  /** Mean of −log of the probability given to what was named (equal shares of several). */
  readonly logLoss: number;
  readonly n: number;
}

const BINS = 10;
const FOLDS = 5;

export interface Judged {
  readonly answer: IntentAnswer;
  readonly model: IntentModel | null;
}

/** Reliability of top-label confidence [Guo2017 eq. 3], answers weighted by the inverse probability of being asked. */
export const calibrationOf = (judged: readonly Judged[]): Calibration => {
  const weights = answerWeights(judged.map(({ answer }) => answer));
  const sums = Array.from({ length: BINS }, () => ({ n: 0, weight: 0, confidence: 0, hits: 0 }));
  let loss = 0;
  let total = 0;
  for (const [n, { answer, model }] of judged.entries()) {
    const weight = weights[n] ?? 0;
    const posterior = intentPosterior(answer.evidence, model);
    const top = INTENTS.reduce((best, intent) => (posterior[intent] > posterior[best] ? intent : best), INTENTS[0]);
    const bin = sums[Math.min(BINS - 1, Math.floor(posterior[top] * BINS))];
    if (bin === undefined) continue;
    bin.n++;
    bin.weight += weight;
    bin.confidence += weight * posterior[top];
    bin.hits += answer.intents.includes(top) ? weight : 0;
    for (const intent of answer.intents) loss -= (weight / answer.intents.length) * Math.log(posterior[intent]);
    total += weight;
  }
  const bins = sums.flatMap(({ n, weight, confidence, hits }, place) =>
    n === 0
      ? []
      : [
          {
            from: place / BINS,
            to: (place + 1) / BINS,
            n,
            weight,
            confidence: confidence / weight,
            accuracy: hits / weight,
          },
        ],
  );
  const ece = bins.reduce((sum, bin) => sum + (bin.weight / total) * Math.abs(bin.accuracy - bin.confidence), 0);
  return { bins, ece, logLoss: loss / total, n: judged.length };
};

/**
 * Calibration on answers the model has not seen: users are dealt into five folds in the order of their ids, each fold is
 * judged by a model of the other four. Null below ten answers.
 */
export const crossCalibration = (all: readonly IntentAnswer[], options: FitIntentOptions = {}): Calibration | null => {
  const answers = all.filter(({ intents }) => intents.length > 0);
  if (answers.length < 2 * FOLDS) return null;
  const users = [...new Set(answers.map(({ userId }) => userId))].sort();
  const foldOf = new Map(users.map((userId, n) => [userId, n % FOLDS]));
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const isHere = ({ userId }: IntentAnswer): boolean => foldOf.get(userId) === fold;
    const model = fitIntentModel(
      answers.filter((answer) => !isHere(answer)),
      options,
    );
    for (const answer of answers.filter(isHere)) judged.push({ answer, model });
  }
  return calibrationOf(judged);
};
