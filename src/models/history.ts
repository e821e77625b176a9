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
  const sums = new Map<number, number>();
  for (let n = 0; n < items.length; n++) {
    const item = checkItem(items[n]!, itemCount);
    const weight = weights[n]!;
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new EngineError('invalid_data', `weight ${weight} of item ${item}: expected a positive number`);
    }
    sums.set(item, (sums.get(item) ?? 0) + weight);
  }
  const ascending = Uint32Array.from(sums.keys()).sort();
  return { items: ascending, weights: Float32Array.from(ascending, (item) => sums.get(item)!) };
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
