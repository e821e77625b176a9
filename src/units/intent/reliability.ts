/** Whether probabilities are what they say: of what was given 0.7, seven in ten should come true. */

import type { Estimate } from '#domain';
import type { Rng } from '#math';
import { bootstrapEstimate, proportionEstimate, quantile, sorted } from '#stats';

/** A probability that was given, and what came of it. */
export interface Call {
  /** Listeners by number: calls of one listener depend on each other. */
  readonly listener: number;
  /** Above 0. */
  readonly weight: number;
  /** Probability given, in [0, 1]. */
  readonly predicted: number;
  /** What came true of it: 1, 0, or a share. */
  readonly observed: number;
}

export interface ReliabilityBin {
  /** Bounds of the probability given, half-open but the last. */
  readonly from: number;
  readonly to: number;
  /** Calls in it. */
  readonly n: number;
  /** Weighted mean of what was given. */
  readonly predicted: number;
  /** Weighted share of what came true; n counts listeners of equal weight (Kish). */
  readonly observed: Estimate;
}

export interface Reliability {
  readonly n: number;
  /** Bins that hold calls, lowest first. */
  readonly bins: readonly ReliabilityBin[];
  /**
   * Expected calibration error [Guo2017, eq. 3]: mean |observed − predicted| over bins by weight, in [0, 1]. Its interval
   * begins at 0 where chance alone gives as much.
   */
  readonly ece: Estimate;
  /**
   * What the error of a perfectly calibrated posterior stays below in 95 of 100 sets of answers as large [Brocker2007]:
   * an error below it is what chance gives. Null without calls.
   */
  readonly eceByChance: number | null;
}

const BINS = 10;
const RESAMPLES = 1000;
const CHANCE_DRAWS = 400;
const CHANCE_LEVEL = 0.95;

const binOf = (predicted: number): number => Math.min(BINS - 1, Math.floor(predicted * BINS));

/**
 * The reliability table in ten bins of equal width, the expected calibration error with an interval from resampling
 * listeners, and what chance alone gives. In simulation the interval at 0.95 covers the error in about nine of ten sets
 * of 250 answers. Same seed, same bytes. O(calls · resamples).
 */
export const reliabilityOf = (calls: readonly Call[], rng: Rng): Reliability => {
  const ece = calibrationError(calls, rng.derive('ece'));
  const eceByChance = errorByChance(calls, rng.derive('chance'));
  return { n: calls.length, bins: binsOf(calls), ece: fromZero(ece, eceByChance), eceByChance };
};

/** Resampling never gives an error of 0, so it cannot tell a calibrated posterior from one that nearly is; chance can. */
const fromZero = (ece: Estimate, byChance: number | null): Estimate =>
  ece.ok && byChance !== null && ece.value <= byChance
    ? { ...ece, interval: { ...ece.interval, lower: 0 }, method: `${ece.method}, from 0 where chance gives as much` }
    : ece;

const binsOf = (calls: readonly Call[]): readonly ReliabilityBin[] =>
  Array.from({ length: BINS }, (_, bin) => calls.filter(({ predicted }) => binOf(predicted) === bin)).flatMap(
    (inBin, bin) => (inBin.length === 0 ? [] : [{ from: bin / BINS, to: (bin + 1) / BINS, ...describeBin(inBin) }]),
  );

const describeBin = (calls: readonly Call[]) => {
  const ofListener = new Map<number, number>();
  let weight = 0;
  let predicted = 0;
  let observed = 0;
  for (const call of calls) {
    ofListener.set(call.listener, (ofListener.get(call.listener) ?? 0) + call.weight);
    weight += call.weight;
    predicted += call.weight * call.predicted;
    observed += call.weight * call.observed;
  }
  const squares = [...ofListener.values()].reduce((sum, one) => sum + one * one, 0);
  const effective = (weight * weight) / squares;
  return {
    n: calls.length,
    predicted: predicted / weight,
    observed: proportionEstimate(Math.min(effective, (observed / weight) * effective), effective),
  };
};

/** Per listener: the weight, and what is missed in the bins that hold a call of theirs, which are few. */
const calibrationError = (calls: readonly Call[], rng: Rng): Estimate => {
  const listeners = missesByListener(calls);
  const starts = new Uint32Array(listeners.length + 1);
  const weights = Float64Array.from(listeners, ({ weight }) => weight);
  const bins = Uint8Array.from(
    listeners.flatMap(({ misses }, place) => {
      starts[place + 1] = starts[place]! + misses.size;
      return [...misses.keys()];
    }),
  );
  const misses = Float64Array.from(listeners.flatMap(({ misses }) => [...misses.values()]));
  const missed = new Float64Array(BINS);
  const errorOf = (drawn: Uint32Array): number => {
    missed.fill(0);
    let weight = 0;
    for (const place of drawn) {
      weight += weights[place]!;
      for (let at = starts[place]!; at < starts[place + 1]!; at++) missed[bins[at]!]! += misses[at]!;
    }
    return missed.reduce((sum, miss) => sum + Math.abs(miss), 0) / weight;
  };
  return bootstrapEstimate(listeners.length, errorOf, rng, { resamples: RESAMPLES });
};

interface ListenerMisses {
  weight: number;
  /** By bin: weighted sum of what came true beyond what was given. */
  readonly misses: Map<number, number>;
}

const missesByListener = (calls: readonly Call[]): readonly ListenerMisses[] => {
  const listeners = new Map<number, ListenerMisses>();
  for (const { listener, weight, predicted, observed } of calls) {
    const each = listeners.get(listener) ?? { weight: 0, misses: new Map<number, number>() };
    listeners.set(listener, each);
    each.weight += weight;
    const bin = binOf(predicted);
    each.misses.set(bin, (each.misses.get(bin) ?? 0) + weight * (observed - predicted));
  }
  return [...listeners.values()];
};

const errorByChance = (calls: readonly Call[], rng: Rng): number | null => {
  if (calls.length === 0) return null;
  const weight = calls.reduce((sum, call) => sum + call.weight, 0);
  const bins = Uint8Array.from(calls, ({ predicted }) => binOf(predicted));
  const weights = Float64Array.from(calls, (call) => call.weight);
  const given = Float64Array.from(calls, ({ predicted }) => predicted);
  const missed = new Float64Array(BINS);
  const errors = Array.from({ length: CHANCE_DRAWS }, () => {
    missed.fill(0);
    for (let i = 0; i < given.length; i++) {
      const came = rng.next() < given[i]! ? 1 : 0;
      missed[bins[i]!]! += weights[i]! * (came - given[i]!);
    }
    return missed.reduce((sum, miss) => sum + Math.abs(miss), 0) / weight;
  });
  return quantile(sorted(errors), CHANCE_LEVEL);
};
