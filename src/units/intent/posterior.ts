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

/** The most probable intent where it is at least `NAMED_FROM` probable, else `unknown`. */
export const namedIntent = (posterior: IntentPosterior): Intent => {
  let best: Intent = 'unknown';
  for (const intent of INTENTS) if (posterior[intent] > posterior[best]) best = intent;
  return posterior[best] >= NAMED_FROM ? best : 'unknown';
};
