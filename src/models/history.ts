/** Checks shared by all models, and the canonical form of a history. */

import { EngineError } from '#domain';
import type { History, ModelName, UserVector } from './model.ts';

/** Distinct items in ascending order, weights of the same item added up. @throws {EngineError} invalid_data. */
export const canonicalHistory = (history: History, itemCount: number): History => {
  const { items, weights } = history;
  if (items.length !== weights.length) {
    throw new EngineError(
      'invalid_data',
      `a history of ${items.length} items and ${weights.length} weights: expected as many weights as items`,
    );
  }
  for (let n = 0; n < items.length; n++) {
    const item = checkItem(items[n]!, itemCount);
    const weight = weights[n]!;
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new EngineError('invalid_data', `weight ${weight} of item ${item}: expected a positive number`);
    }
  }
  const order = ascendingOrder(items);
  const canonical = { items: new Uint32Array(items.length), weights: new Float32Array(items.length) };
  let count = 0;
  let sum = 0;
  for (let n = 0; n < order.length; n++) {
    const item = items[order[n]!]!;
    sum += weights[order[n]!]!;
    if (n + 1 < order.length && items[order[n + 1]!] === item) continue;
    canonical.items[count] = item;
    canonical.weights[count++] = sum;
    sum = 0;
  }
  return { items: canonical.items.subarray(0, count), weights: canonical.weights.subarray(0, count) };
};

/** Positions in `items` by ascending item, those of the same item as they came: both in one number, which sorts without being asked. */
const ascendingOrder = (items: Uint32Array): Uint32Array => {
  const keys = new Float64Array(items.length);
  for (let n = 0; n < items.length; n++) keys[n] = items[n]! * items.length + n;
  keys.sort();
  const order = new Uint32Array(items.length);
  for (let n = 0; n < keys.length; n++) order[n] = keys[n]! % items.length;
  return order;
};

/** The index itself, if there is such an item. @throws {EngineError} invalid_data. */
export const checkItem = (item: number, itemCount: number): number => {
  if (Number.isInteger(item) && item >= 0 && item < itemCount) return item;
  throw new EngineError('invalid_data', `item index ${item}: expected an integer from 0 to ${itemCount - 1}`);
};

/** @throws {EngineError} invalid_data when another kind of model made the user. */
export const checkUser = (user: UserVector, model: ModelName): void => {
  if (user.model === model) return;
  throw new EngineError('invalid_data', `a user folded in by ${user.model}: expected one folded in by ${model}`);
};

/** @throws {EngineError} invalid_data unless the option is a finite number within its range. */
export const checkOption = (
  name: string,
  value: number,
  allowed: { min: number; max?: number; integer?: boolean },
): void => {
  const { min, max = Number.MAX_VALUE, integer = false } = allowed;
  if (value >= min && value <= max && (!integer || Number.isInteger(value))) return;
  const kind = integer ? 'an integer' : 'a number';
  const range = max === Number.MAX_VALUE ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new EngineError('invalid_data', `${name} ${value}: expected ${kind} ${range}`);
};
