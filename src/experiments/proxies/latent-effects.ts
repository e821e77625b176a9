/** What experiments truly did, behind the noise: a Gaussian over effects, learned from many of them. */

import { choleskyFactor, choleskySolve } from '#math';
import type { ExperimentEffects } from './corpus.ts';

/**
 * Observed effects of experiment k ~ N(latent_k, D_k R D_k), D_k its standard errors, R the error correlations;
 * latent_k ~ N(0, Λ) [Tripuraneni2024, section 3]. The mean is 0 because which arm is called treatment is a matter of
 * convention.
 */
export interface LatentEffects {
  /** Places of the metrics in the corpus, in the order of Λ. */
  readonly metrics: readonly number[];
  /** Λ, row-major: covariance of true effects across experiments. */
  readonly lambda: Float64Array;
  /** R among these metrics. */
  readonly noise: Float64Array;
  readonly logLikelihood: number;
  /** Experiments that measured at least one of the metrics. */
  readonly n: number;
}

export interface LatentOptions {
  readonly rounds?: number;
  /** Where to begin, from an earlier fit on the same metrics. */
  readonly from?: Float64Array;
}

/** One experiment's observed metrics among those of the model, with their effects and error covariance. */
export interface Observation {
  /** Places in Λ. */
  readonly places: readonly number[];
  readonly effects: Float64Array;
  /** |places|², row-major. */
  readonly errors: Float64Array;
}

/** The rows and columns of R, metrics × metrics of the corpus, that belong to `metrics`. */
export const noiseAmong = (correlations: Float64Array, metrics: readonly number[]): Float64Array => {
  const all = Math.sqrt(correlations.length);
  return Float64Array.from(metrics.flatMap((a) => metrics.map((b) => correlations[a * all + b]!)));
};

export const observe = (
  { effects, standardErrors }: ExperimentEffects,
  metrics: readonly number[],
  noise: Float64Array,
): Observation => {
  const m = metrics.length;
  const places = Array.from(metrics.keys()).filter((place) => !Number.isNaN(effects[metrics[place]!]));
  const k = places.length;
  const se = Float64Array.from(places, (place) => standardErrors[metrics[place]!]!);
  const errors = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) errors[i * k + j] = se[i]! * se[j]! * noise[places[i]! * m + places[j]!]!;
  }
  return { places, effects: Float64Array.from(places, (place) => effects[metrics[place]!]!), errors };
};

/**
 * Λ by expectation–maximisation: the posterior of each experiment's latent effects, then Λ as their mean square. Rises
 * in likelihood at every round; stops when a round gains less than 1e-6 an experiment. Metrics that an experiment did
 * not measure are integrated out. O(rounds · experiments · metrics³).
 */
export const fitLatentEffects = (
  experiments: readonly ExperimentEffects[],
  metrics: readonly number[],
  correlations: Float64Array,
  options: LatentOptions = {},
): LatentEffects => {
  const noise = noiseAmong(correlations, metrics);
  const observations = experiments
    .map((each) => observe(each, metrics, noise))
    .filter(({ places }) => places.length > 0);
  const n = observations.length;
  let lambda = options.from ?? startOf(observations, metrics.length);
  let logLikelihood = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < (options.rounds ?? 500) && n > 0; round++) {
    const next = emRound(observations, lambda, metrics.length);
    const gain = next.logLikelihood - logLikelihood;
    ({ lambda, logLikelihood } = next);
    if (gain < 1e-6 * n) break;
  }
  return { metrics, lambda, noise, logLikelihood, n };
};

/** Variance of effects beyond that of their errors, at least a tenth of it. */
const startOf = (observations: readonly Observation[], m: number): Float64Array => {
  const lambda = new Float64Array(m * m);
  for (let place = 0; place < m; place++) {
    let [squares, errors, n] = [0, 0, 0];
    for (const each of observations) {
      const at = each.places.indexOf(place);
      if (at < 0) continue;
      squares += each.effects[at]! ** 2;
      errors += each.errors[at * each.places.length + at]!;
      n++;
    }
    lambda[place * m + place] = n === 0 ? 1e-12 : Math.max(squares - errors, 0.1 * errors, 1e-300) / n;
  }
  return lambda;
};

const emRound = (observations: readonly Observation[], lambda: Float64Array, m: number) => {
  const room = createRoom(m);
  const sum = new Float64Array(m * m);
  let logLikelihood = 0;
  for (const observation of observations) {
    logLikelihood += condition(observation, lambda, room);
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < m; b++) sum[a * m + b]! += room.mean[a]! * room.mean[b]! + room.covariance[a * m + b]!;
    }
  }
  return { lambda: sum.map((value) => value / observations.length), logLikelihood };
};

export interface Posterior {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/** All metrics of the model, given those observed: Λ_{·O} (Λ_OO + S)⁻¹ y and Λ − Λ_{·O} (Λ_OO + S)⁻¹ Λ_{O·}. */
export const posterior = (observation: Observation, lambda: Float64Array): Posterior => {
  const room = createRoom(Math.sqrt(lambda.length));
  condition(observation, lambda, room);
  return room;
};

/** Buffers of one conditioning, written over by the next: validation makes hundreds of thousands of them. */
interface Room extends Posterior {
  readonly total: Float64Array;
  readonly weighted: Float64Array;
}

const createRoom = (m: number): Room => ({
  mean: new Float64Array(m),
  covariance: new Float64Array(m * m),
  total: new Float64Array(m * m),
  weighted: new Float64Array(m),
});

/** Writes the posterior into the room and gives the log density of what was observed. */
const condition = ({ places, effects, errors }: Observation, lambda: Float64Array, room: Room): number => {
  const m = room.mean.length;
  const k = places.length;
  const total = room.total.subarray(0, k * k);
  const weighted = room.weighted.subarray(0, k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) total[i * k + j] = errors[i * k + j]! + lambda[places[i]! * m + places[j]!]!;
  }
  choleskyFactor(total, k);
  let logDensity = -0.5 * k * Math.log(2 * Math.PI);
  for (let i = 0; i < k; i++) logDensity -= Math.log(total[i * k + i]!);
  weighted.set(effects);
  choleskySolve(total, k, weighted);
  for (let i = 0; i < k; i++) logDensity -= 0.5 * effects[i]! * weighted[i]!;
  for (let a = 0; a < m; a++) {
    room.mean[a] = product(lambda, a * m, places, weighted);
  }
  for (let a = 0; a < m; a++) {
    for (let i = 0; i < k; i++) weighted[i] = lambda[a * m + places[i]!]!;
    choleskySolve(total, k, weighted);
    for (let b = 0; b < m; b++)
      room.covariance[a * m + b] = lambda[a * m + b]! - product(lambda, b * m, places, weighted);
  }
  return logDensity;
};

/** Σᵢ Λ[row, placesᵢ] · valuesᵢ. */
const product = (lambda: Float64Array, row: number, places: readonly number[], values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += lambda[row + places[i]!]! * values[i]!;
  return sum;
};
