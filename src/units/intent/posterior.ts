/** The posterior over intents of a session, and the one intent it is counted under. */

import { INTENTS, type Intent } from '#domain';
import type { IntentEvidence } from './evidence.ts';
import { featuresOf } from './features.ts';
import type { IntentModel } from './intent-model.ts';
import { ruleScores } from './rules.ts';
import { softmax } from './softmax.ts';

/** Probabilities by intent, `unknown` among them; they sum to 1. */
export type IntentPosterior = Readonly<Record<Intent, number>>;

/** Below it no intent is named: the answer is `unknown`. */
export const NAMED_FROM = 0.4;

/** Rules alone without a model; with one, what answers have taught is added to their scores. */
export const intentScores = (evidence: IntentEvidence, model: IntentModel | null): Float64Array => {
  const scores = ruleScores(evidence);
  if (model === null) return scores;
  const features = featuresOf(evidence);
  const width = features.length;
  for (let intent = 0; intent < scores.length; intent++) {
    let learned = 0;
    for (let n = 0; n < width; n++) learned += (model.weights[intent * width + n] ?? 0) * (features[n] ?? 0);
    scores[intent] = (scores[intent] ?? 0) * model.ruleTrust + learned;
  }
  return scores;
};

export const intentPosterior = (evidence: IntentEvidence, model: IntentModel | null): IntentPosterior => {
  const shares = softmax(intentScores(evidence, model));
  return Object.fromEntries(INTENTS.map((intent, n) => [intent, shares[n] ?? 0])) as Record<Intent, number>;
};

/** The most probable intent, `unknown` among them. */
export const topIntent = (posterior: Readonly<Partial<Record<Intent, number>>>): Intent => {
  let best: Intent = 'unknown';
  for (const intent of INTENTS) if ((posterior[intent] ?? 0) > (posterior[best] ?? 0)) best = intent;
  return best;
};

/** The most probable intent where it is at least `NAMED_FROM` probable, else `unknown`. */
export const namedIntent = (posterior: Readonly<Partial<Record<Intent, number>>>): Intent => {
  const best = topIntent(posterior);
  return (posterior[best] ?? 0) >= NAMED_FROM ? best : 'unknown';
};

/** Less probable intents are not kept: they add up to nothing that anybody reads. */
const KEPT_FROM = 0.01;

/** The posterior as it is stored: what is at least one in a hundred, to four digits. */
export const keptIntents = (posterior: IntentPosterior): Readonly<Partial<Record<Intent, number>>> =>
  Object.fromEntries(
    INTENTS.filter((intent) => posterior[intent] >= KEPT_FROM).map((intent) => [
      intent,
      Number(posterior[intent].toFixed(4)),
    ]),
  );
