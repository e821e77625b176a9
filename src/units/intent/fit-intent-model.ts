/** A multinomial logistic model of intents, learned from survey answers on top of the rules. */

import { INTENTS } from '#domain';
import { answerWeights, type IntentAnswer } from './answer.ts';
import { FEATURE_NAMES, featuresOf } from './features.ts';
import type { IntentModel } from './intent-model.ts';
import { ruleScores } from './rules.ts';
import { softmax } from './softmax.ts';

export interface FitIntentOptions {
  /** Ridge penalty a unit of answer: how much must speak against the rules before they are left. */
  readonly regularization?: number;
  readonly epochs?: number;
}

const DEFAULTS = { regularization: 1, epochs: 200 };

/**
 * Minimises Σ w·(−Σ_k t_k log p_k) + λ/2·(‖W‖² + (τ − 1)²) with p = softmax(τ·rules + W·x), t the answer's intents in
 * equal shares, w the inverse probability of being asked. Convex; Nesterov's accelerated gradient with the step of the
 * Lipschitz bound, so it needs no tuning and no randomness. O(epochs · answers · intents · features).
 * Null when no answer names an intent.
 */
export const fitIntentModel = (all: readonly IntentAnswer[], options: FitIntentOptions = {}): IntentModel | null => {
  const { regularization, epochs } = { ...DEFAULTS, ...options };
  const answers = all.filter(({ intents }) => intents.length > 0);
  if (answers.length === 0) return null;
  const problem = toProblem(answers, regularization);
  const size = INTENTS.length * FEATURE_NAMES.length + 1;
  let point = startPoint(size);
  let ahead = point.slice();
  let momentum = 1;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const gradient = gradientAt(ahead, problem);
    const next = ahead.map((value, n) => value - problem.step * (gradient[n] ?? 0));
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / nextMomentum;
    ahead = next.map((value, n) => value + push * (value - (point[n] ?? 0)));
    point = next;
    momentum = nextMomentum;
  }
  return { weights: point.slice(0, size - 1), ruleTrust: point[size - 1] ?? 1, answers: answers.length };
};

interface Problem {
  readonly answers: readonly Prepared[];
  readonly regularization: number;
  readonly step: number;
}

/** One answer as the gradient needs it; of some forty features about ten are not zero. */
interface Prepared {
  readonly places: Uint16Array;
  readonly values: Float64Array;
  readonly rules: Float64Array;
  readonly target: Float64Array;
  readonly weight: number;
}

const startPoint = (size: number): Float64Array => {
  const point = new Float64Array(size);
  point[size - 1] = 1;
  return point;
};

const toProblem = (answers: readonly IntentAnswer[], regularization: number): Problem => {
  const weights = answerWeights(answers);
  const prepared = answers.map((answer, n) => prepare(answer, weights[n] ?? 0));
  // The Hessian of softmax is at most half the squared norm of its inputs.
  let curvature = regularization;
  for (const { values, rules, weight } of prepared) {
    curvature += 0.5 * weight * (sumOfSquares(values) + sumOfSquares(rules));
  }
  return { answers: prepared, regularization, step: 1 / curvature };
};

const prepare = (answer: IntentAnswer, weight: number): Prepared => {
  const features = featuresOf(answer.evidence);
  const places = Uint16Array.from([...features.keys()].filter((n) => features[n] !== 0));
  const values = Float64Array.from(places, (n) => features[n] ?? 0);
  return { places, values, rules: ruleScores(answer.evidence), target: targetOf(answer), weight };
};

const sumOfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

const targetOf = ({ intents }: IntentAnswer): Float64Array => {
  const target = new Float64Array(INTENTS.length);
  for (const intent of intents) target[INTENTS.indexOf(intent)] = 1 / intents.length;
  return target;
};

const gradientAt = (point: Float64Array, problem: Problem): Float64Array => {
  const last = point.length - 1;
  const gradient = point.map((value, n) => problem.regularization * (n === last ? value - 1 : value));
  for (const answer of problem.answers) addGradient(gradient, point, answer);
  return gradient;
};

/** Adds what one answer pulls at the point: (p − t) times its inputs. */
const addGradient = (gradient: Float64Array, point: Float64Array, answer: Prepared): void => {
  const { rules, target, weight } = answer;
  const last = point.length - 1;
  const shares = softmax(scoresAt(point, answer));
  for (let k = 0; k < shares.length; k++) {
    const miss = weight * ((shares[k] ?? 0) - (target[k] ?? 0));
    addTo(gradient, k, miss, answer);
    gradient[last] = (gradient[last] ?? 0) + miss * (rules[k] ?? 0);
  }
};

const scoresAt = (point: Float64Array, { places, values, rules }: Prepared): Float64Array => {
  const trust = point[point.length - 1] ?? 1;
  return rules.map((rule, k) => {
    let sum = rule * trust;
    for (let n = 0; n < places.length; n++) {
      sum += (point[k * FEATURE_NAMES.length + (places[n] ?? 0)] ?? 0) * (values[n] ?? 0);
    }
    return sum;
  });
};

const addTo = (gradient: Float64Array, k: number, miss: number, { places, values }: Prepared): void => {
  for (let n = 0; n < places.length; n++) {
    const place = k * FEATURE_NAMES.length + (places[n] ?? 0);
    gradient[place] = (gradient[place] ?? 0) + miss * (values[n] ?? 0);
  }
};
