/** From scores of all items to a ranking. */

import { topK } from '#math';
import type { Contribution, Ranked } from './model.ts';

export const NOTHING_RANKED: Ranked = { items: new Uint32Array(0), scores: new Float32Array(0) };

/**
 * The k best of `scores` (index = item) among those above 0: where 0 means that there is no evidence. Rounded to f32
 * before they are compared, so that the order is that of the scores handed out and ties go to the lower item.
 */
export const rankPositive = (scores: Float32Array, k: number, exclude?: (item: number) => boolean): Ranked => {
  const items = topK(scores, k, (item) => scores[item]! <= 0 || (exclude?.(item) ?? false));
  return { items, scores: gather(scores, items) };
};

/** As `rankPositive`, of these items only: `items` ascend and `scores` are theirs. */
export const rankPositiveOf = (
  items: Uint32Array,
  scores: Float32Array,
  k: number,
  exclude?: (item: number) => boolean,
): Ranked => {
  const best = topK(scores, k, (n) => scores[n]! <= 0 || (exclude?.(items[n]!) ?? false));
  return { items: best.map((n) => items[n]!), scores: gather(scores, best) };
};

const gather = (scores: Float32Array, from: Uint32Array): Float32Array => {
  const gathered = new Float32Array(from.length);
  for (let n = 0; n < from.length; n++) gathered[n] = scores[from[n]!]!;
  return gathered;
};

/** Best first, ties by lower item, zeros left out. */
export const sortContributions = (contributions: Contribution[]): readonly Contribution[] =>
  contributions.filter((each) => each.value !== 0).sort((a, b) => b.value - a.value || a.item - b.item);
