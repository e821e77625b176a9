/** From scores of all items to a ranking. */

import { TopK, topK } from '#math';
import type { Contributions, Ranked } from './model.ts';

export const NOTHING_RANKED: Ranked = { items: new Uint32Array(0), scores: new Float32Array(0) };

/**
 * The k best of `scores` (index = item) among those above 0: where 0 means that there is no evidence. Rounded to f32
 * before they are compared, so that the order is that of the scores handed out and ties go to the lower item.
 */
export const rankPositive = (scores: Float32Array, k: number, exclude?: (item: number) => boolean): Ranked => {
  const items = topK(scores, k, (item) => scores[item]! <= 0 || (exclude?.(item) ?? false));
  return { items, scores: gather(scores, items) };
};

/** As `rankPositive`, of these items only, each once and in any order: `scores` are theirs. */
export const rankPositiveOf = (
  items: Uint32Array,
  scores: Float32Array,
  k: number,
  exclude?: (item: number) => boolean,
): Ranked => {
  const best = new TopK(items.length, k, exclude);
  for (let n = 0; n < items.length; n++)
    if (scores[n]! > 0 && scores[n]! >= best.floor) best.offer(items[n]!, scores[n]!);
  const ranked = best.finish();
  return { items: ranked.indices, scores: ranked.scores };
};

const gather = (scores: Float32Array, from: Uint32Array): Float32Array => {
  const gathered = new Float32Array(from.length);
  for (let n = 0; n < from.length; n++) gathered[n] = scores[from[n]!]!;
  return gathered;
};

/** Of a score that owes nothing to the history. */
export const NO_CONTRIBUTIONS: Contributions = { items: new Uint32Array(0), values: new Float64Array(0) };

/** `values` are what each of `items` brought; those that brought nothing are left out. */
export const contributionsOf = (items: Uint32Array, values: Float64Array): Contributions => {
  let count = 0;
  for (let n = 0; n < values.length; n++) if (values[n] !== 0) count++;
  if (count === items.length) return { items, values };
  const brought = { items: new Uint32Array(count), values: new Float64Array(count) };
  for (let n = 0, at = 0; n < values.length; n++) {
    if (values[n] === 0) continue;
    brought.items[at] = items[n]!;
    brought.values[at++] = values[n]!;
  }
  return brought;
};

export interface Contribution {
  readonly item: number;
  readonly value: number;
}

/** Largest value first, ties by lower item. */
export const bestFirst = ({ items, values }: Contributions): readonly Contribution[] =>
  Array.from(items, (item, n) => ({ item, value: values[n]! })).sort((a, b) => b.value - a.value || a.item - b.item);
