/** How well posteriors over intents agree with what listeners say, intent by intent. */

import { INTENTS, type Intent } from '#domain';
import type { Rng } from '#math';
import { answerWeights, type IntentAnswer } from './answer.ts';
import { type FitIntentOptions, fitIntentModel } from './fit-intent-model.ts';
import type { IntentModel } from './intent-model.ts';
import { type IntentPosterior, intentPosterior, topIntent } from './posterior.ts';
import { type Call, type Reliability, reliabilityOf } from './reliability.ts';

export interface IntentReliability extends Reliability {
  readonly intent: Intent;
  /** Answers that name it. */
  readonly named: number;
}

export interface Calibration {
  /** Answers, and listeners who gave them. */
  readonly n: number;
  readonly listeners: number;
  /** Mean of −log of the probability given to what was named (equal shares of several), in nats. */
  readonly logLoss: number;
  /** Of the most probable intent: how often it is among those named. */
  readonly top: Reliability;
  /** In the order of INTENTS, `unknown` left out: it is what nobody says. */
  readonly intents: readonly IntentReliability[];
}

export interface Judged {
  readonly answer: IntentAnswer;
  readonly model: IntentModel | null;
}

const FOLDS = 5;

/** All counts weighted by the inverse probability of being asked; an answer that names several intents gives each its share. */
export const calibrationOf = (judged: readonly Judged[], rng: Rng): Calibration => {
  const weights = answerWeights(judged.map(({ answer }) => answer));
  const posteriors = judged.map(({ answer, model }) => intentPosterior(answer.evidence, model));
  const listeners = numbered(judged.map(({ answer }) => answer.userId));
  const callsOf = (of: (answer: IntentAnswer, posterior: IntentPosterior) => Pick<Call, 'predicted' | 'observed'>) =>
    judged.map(
      ({ answer }, n): Call => ({
        listener: listeners.numbers[n] ?? 0,
        weight: weights[n] ?? 0,
        ...of(answer, posteriors[n] ?? intentPosterior(answer.evidence, null)),
      }),
    );
  const top = callsOf(({ intents }, posterior) => {
    const intent = topIntent(posterior);
    return { predicted: posterior[intent], observed: intents.includes(intent) ? 1 : 0 };
  });
  const intents = INTENTS.filter((intent) => intent !== 'unknown').map((intent): IntentReliability => {
    const calls = callsOf(({ intents: named }, posterior) => ({
      predicted: posterior[intent],
      observed: named.includes(intent) ? 1 / named.length : 0,
    }));
    const named = calls.filter(({ observed }) => observed > 0).length;
    return { intent, named, ...reliabilityOf(calls, rng.derive(intent)) };
  });
  return {
    n: judged.length,
    listeners: listeners.count,
    logLoss: logLossOf(judged, posteriors, weights),
    top: reliabilityOf(top, rng.derive('top')),
    intents,
  };
};

/** Users by number, in the order in which they come. */
const numbered = (users: readonly string[]) => {
  const places = new Map<string, number>();
  for (const user of users) if (!places.has(user)) places.set(user, places.size);
  return { numbers: users.map((user) => places.get(user) ?? 0), count: places.size };
};

const logLossOf = (
  judged: readonly Judged[],
  posteriors: readonly IntentPosterior[],
  weights: Float64Array,
): number => {
  let loss = 0;
  let total = 0;
  for (const [n, { answer }] of judged.entries()) {
    const weight = weights[n] ?? 0;
    total += weight;
    for (const intent of answer.intents) {
      loss -= (weight / answer.intents.length) * Math.log(posteriors[n]?.[intent] ?? 0);
    }
  }
  return loss / total;
};

/**
 * Each answer with a model that has not seen it: users are dealt into five folds in the order of their ids, each fold is
 * judged by a model of the other four.
 */
export const crossFit = (answers: readonly IntentAnswer[], options: FitIntentOptions = {}): readonly Judged[] => {
  const users = [...new Set(answers.map(({ userId }) => userId))].sort();
  const foldOf = new Map(users.map((userId, n) => [userId, n % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const isHere = ({ userId }: IntentAnswer): boolean => foldOf.get(userId) === fold;
    const model = fitIntentModel(
      answers.filter((answer) => !isHere(answer)),
      options,
    );
    return answers.filter(isHere).map((answer): Judged => ({ answer, model }));
  }).flat();
};
