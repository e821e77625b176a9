/** Hazards in discrete time: the chance to end at step k for those still there, by what is known of them. */

import { solveSymmetric } from '#math';

/** One step's hazard: logit h(x) = offset + weights'x. */
export interface HazardStep {
  readonly offset: number;
  readonly weights: Float64Array;
}

/** Hazards of steps 1 … K. */
export interface DiscreteHazards {
  readonly steps: readonly HazardStep[];
  /** S(0), …, S(K) for features `x`: S(0) = 1, never rising. */
  survival(x: ArrayLike<number>): Float64Array;
}

export const hazardAt = ({ offset, weights }: HazardStep, x: ArrayLike<number>, from = 0): number => {
  let eta = offset;
  for (let j = 0; j < weights.length; j++) eta += weights[j]! * x[from + j]!;
  return 1 / (1 + Math.exp(-eta));
};

export const discreteHazards = (steps: readonly HazardStep[]): DiscreteHazards => ({
  steps,
  survival: (x) => {
    const curve = new Float64Array(steps.length + 1);
    curve[0] = 1;
    steps.forEach((step, at) => {
      curve[at + 1] = curve[at]! * (1 - hazardAt(step, x));
    });
    return curve;
  },
});

/** Rows at risk at one step: how much of each is still there, and how much of that ends; both may be fractions. */
export interface StepRows {
  /** n × p, row-major. */
  readonly features: ArrayLike<number>;
  readonly p: number;
  readonly atRisk: Float64Array;
  readonly ending: Float64Array;
}

/**
 * One step's hazard by weighted logistic regression: maximises Σ ending·log h + (atRisk − ending)·log(1 − h)
 * − ½ regularization·|weights|², Newton with halved steps. The offset is the base rate (half an end added to either
 * side), so the penalty pulls towards it and a step that nobody reaches has that of a coin, never a division by zero.
 */
export const fitHazardStep = (rows: StepRows, regularization: number): HazardStep => {
  const total = rows.atRisk.reduce((sum, value) => sum + value, 0);
  const ends = rows.ending.reduce((sum, value) => sum + value, 0);
  const offset = Math.log((ends + 0.5) / (total - ends + 0.5));
  let step: HazardStep = { offset, weights: new Float64Array(rows.p) };
  let loss = lossOf(rows, step, regularization);
  for (let round = 0; round < 50; round++) {
    const direction = newtonDirection(rows, step, regularization);
    if (direction === undefined) return step;
    const next = descend(rows, step, direction, loss, regularization);
    if (next === undefined) return step;
    const gain = loss - next.loss;
    ({ step, loss } = next);
    if (gain < 1e-10 * (1 + Math.abs(loss))) return step;
  }
  return step;
};

const descend = (rows: StepRows, from: HazardStep, direction: Float64Array, best: number, regularization: number) => {
  for (let scale = 1; scale > 1e-4; scale /= 2) {
    const step = { offset: from.offset, weights: from.weights.map((weight, j) => weight + scale * direction[j]!) };
    const loss = lossOf(rows, step, regularization);
    if (loss < best) return { step, loss };
  }
  return undefined;
};

const lossOf = ({ features, p, atRisk, ending }: StepRows, step: HazardStep, regularization: number): number => {
  let loss = (regularization / 2) * step.weights.reduce((sum, weight) => sum + weight * weight, 0);
  for (let i = 0; i < atRisk.length; i++) {
    if (atRisk[i] === 0) continue;
    const h = Math.min(Math.max(hazardAt(step, features, i * p), 1e-300), 1 - 1e-16);
    loss -= ending[i]! * Math.log(h) + (atRisk[i]! - ending[i]!) * Math.log1p(-h);
  }
  return loss;
};

const newtonDirection = (
  { features, p, atRisk, ending }: StepRows,
  step: HazardStep,
  regularization: number,
): Float64Array | undefined => {
  const gradient = step.weights.map((weight) => -regularization * weight);
  const curvature = new Float64Array(p * p);
  for (let j = 0; j < p; j++) curvature[j * p + j] = regularization;
  for (let i = 0; i < atRisk.length; i++) {
    if (atRisk[i] === 0) continue;
    const h = hazardAt(step, features, i * p);
    addRow(features, i * p, ending[i]! - atRisk[i]! * h, atRisk[i]! * h * (1 - h), gradient, curvature);
  }
  return solveSymmetric(curvature, p, gradient);
};

const addRow = (
  x: ArrayLike<number>,
  from: number,
  pull: number,
  weight: number,
  gradient: Float64Array,
  curvature: Float64Array,
): void => {
  const p = gradient.length;
  for (let j = 0; j < p; j++) {
    const xj = x[from + j]!;
    if (xj === 0) continue;
    gradient[j]! += pull * xj;
    for (let k = 0; k < p; k++) curvature[j * p + k]! += weight * xj * x[from + k]!;
  }
};
