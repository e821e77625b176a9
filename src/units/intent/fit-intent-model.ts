/** A multinomial logistic model of intents, learned from survey answers on top of the rules. */

import { INTENTS } from '#domain';
import { answerWeights, type IntentAnswer } from './answer.ts';
import { FEATURE_NAMES, featuresOf } from './features.ts';
import type { IntentModel } from './intent-model.ts';
import { ruleScores } from './rules.ts';
import { softmaxInto } from './softmax.ts';

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
  const point = startPoint(size);
  const ahead = point.slice();
  const gradient = new Float64Array(size);
  let momentum = 1;
  for (let epoch = 0; epoch < epochs; epoch++) {
    gradientInto(gradient, ahead, problem);
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / nextMomentum;
    for (let n = 0; n < size; n++) {
      const next = ahead[n]! - problem.step * gradient[n]!;
      ahead[n] = next + push * (next - point[n]!);
      point[n] = next;
    }
    momentum = nextMomentum;
  }
  return { weights: point.slice(0, size - 1), ruleTrust: point[size - 1]!, answers: answers.length };
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

const gradientInto = (gradient: Float64Array, point: Float64Array, problem: Problem): void => {
  const last = point.length - 1;
  for (let n = 0; n < last; n++) gradient[n] = problem.regularization * point[n]!;
  gradient[last] = problem.regularization * (point[last]! - 1);
  const shares = new Float64Array(INTENTS.length);
  for (const answer of problem.answers) addGradient(gradient, point, answer, shares);
};

/** Adds what one answer pulls at the point: (p − t) times its inputs. `shares` is room for p. */
const addGradient = (gradient: Float64Array, point: Float64Array, answer: Prepared, shares: Float64Array): void => {
  const { places, values, rules, target, weight } = answer;
  const last = point.length - 1;
  scoresInto(shares, point, answer);
  softmaxInto(shares, shares);
  for (let k = 0; k < shares.length; k++) {
    const miss = weight * (shares[k]! - target[k]!);
    const row = k * FEATURE_NAMES.length;
    for (let n = 0; n < places.length; n++) gradient[row + places[n]!]! += miss * values[n]!;
    gradient[last]! += miss * rules[k]!;
  }
};

const scoresInto = (scores: Float64Array, point: Float64Array, { places, values, rules }: Prepared): void => {
  const trust = point[point.length - 1]!;
  for (let k = 0; k < scores.length; k++) {
    const row = k * FEATURE_NAMES.length;
    let sum = rules[k]! * trust;
    for (let n = 0; n < places.length; n++) sum += point[row + places[n]!]! * values[n]!;
    scores[k] = sum;
  }
};
