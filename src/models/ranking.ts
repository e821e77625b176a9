/** From scores of all items to a ranking. */

import { topK } from '#math';
import type { Contribution, Ranked } from './model.ts';

export const NOTHING_RANKED: Ranked = { items: new Uint32Array(0), scores: new Float32Array(0) };

/**
 * The k best of `scores` (index = item). Rounded to f32 before they are compared, so that the order is that of the scores
 * handed out and ties go to the lower item.
 */
export const rankAll = (scores: Float32Array, k: number, exclude?: (item: number) => boolean): Ranked => {
  const items = topK(scores, k, exclude);
  return { items, scores: Float32Array.from(items, (item) => scores[item]!) };
};

/** As `rankAll`, of the items with a positive score only: where 0 means that there is no evidence. */
export const rankPositive = (scores: Float32Array, k: number, exclude?: (item: number) => boolean): Ranked =>
  rankAll(scores, k, (item) => scores[item]! <= 0 || (exclude?.(item) ?? false));

/** Best first, ties by lower item, zeros left out. */
export const sortContributions = (contributions: Contribution[]): readonly Contribution[] =>
  contributions.filter((each) => each.value !== 0).sort((a, b) => b.value - a.value || a.item - b.item);
