/** Draws by weight. */

import type { Rng } from '#math';

/** Draws an index with probability proportional to its weight; O(log n) a draw. */
export type WeightedDraw = (rng: Rng) => number;

/** @throws {RangeError} unless there is a weight, all are ≥ 0 and one is positive. */
export const createWeightedDraw = (weights: ArrayLike<number>): WeightedDraw => {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (let n = 0; n < weights.length; n++) {
    const weight = weights[n] ?? 0;
    if (!(weight >= 0)) throw new RangeError(`weight ${weight} at ${n}: expected a number of at least 0`);
    total += weight;
    cumulative[n] = total;
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`weights that sum to ${total}: expected a positive sum`);
  }
  return (rng) => firstAbove(cumulative, rng.next() * total);
};

/** First index whose value is greater than x; the values ascend and the last one is greater than x. */
const firstAbove = (ascending: Float64Array, x: number): number => {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > x) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Value → weight, drawn from often. */
export type Mix<Value extends string> = Readonly<Partial<Record<Value, number>>>;

/** A draw of one of the values of the mix. */
export const createMixDraw = <Value extends string>(mix: Mix<Value>): ((rng: Rng) => Value) => {
  const values = Object.keys(mix) as Value[];
  const draw = createWeightedDraw(values.map((value) => mix[value] ?? 0));
  return (rng) => pick(values, draw(rng));
};

/** The value at that index. @throws {RangeError} when there is none. */
export const pick = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} of ${values.length} values: expected one of them`);
  return value;
};

/** Number of events with that mean (Poisson, by multiplication; for means below about 30). */
export const drawPoisson = (mean: number, rng: Rng): number => {
  const floor = Math.exp(-mean);
  let product = rng.next();
  let count = 0;
  while (product > floor) {
    product *= rng.next();
    count++;
  }
  return count;
};

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Log-odds of a probability in (0, 1). */
export const logit = (p: number): number => Math.log(p / (1 - p));

export const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));
