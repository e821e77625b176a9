/** How much a play by each user says about an item, before items are compared. */

import { type Csr, transposeCsr } from '#math';
import { type PlayWeight, playWeight } from '../play-weight.ts';

/**
 * cosine: the play weight · tf-idf: √weight times the user's rarity · bm25: the weight saturated as terms are in BM25
 * [Robertson2009], times the user's rarity; it is meant for raw weights. The "documents" are items and the "terms" users, so
 * a user of few items says more about each of them. Length of documents is left to the normalization of rows.
 */
export type ItemWeighting = 'cosine' | 'tf-idf' | 'bm25';

/** Plays at which bm25's weight is half of what it can become. */
const BM25_K1 = 100;

export interface ItemWeights {
  readonly weighting: ItemWeighting;
  readonly weight: PlayWeight;
  /** Users that each item is thought to have beside those it has, who have no other item. */
  readonly shrinkage: number;
}

/** items × users, so that the inner product of two rows is how alike the items are. */
export const weightItems = (counts: Csr, { weighting, weight, shrinkage }: ItemWeights): Csr => {
  const items = transposeCsr(counts);
  const weighted = { ...items, values: items.values.map((plays) => playWeight(plays, weight)) };
  if (weighting !== 'cosine') weighByRarity(weighted, weighting, counts);
  normalizeRows(weighted, shrinkage);
  return weighted;
};

const weighByRarity = (items: Csr, weighting: 'tf-idf' | 'bm25', counts: Csr): void => {
  // As idf for text, with 1 added on both sides: a user of all items weighs nothing rather than less than nothing.
  const rarity = Float64Array.from({ length: counts.rows }, (_, user) =>
    Math.log((1 + items.rows) / (1 + counts.indptr[user + 1]! - counts.indptr[user]!)),
  );
  for (let n = 0; n < items.values.length; n++) {
    const w = items.values[n]!;
    const saturated = weighting === 'tf-idf' ? Math.sqrt(w) : (w * (BM25_K1 + 1)) / (BM25_K1 + w);
    items.values[n] = saturated * rarity[items.indices[n]!]!;
  }
};

/**
 * Divides each row by √(its sum of squares + shrinkage · the mean square of an entry): the cosine, drawn towards 0 for
 * items of few users. Without it two items of one and the same user are as alike as can be, and such pairs fill the
 * neighbourhoods.
 */
const normalizeRows = (matrix: Csr, shrinkage: number): void => {
  const total = matrix.values.reduce((sum, value) => sum + value ** 2, 0);
  const missing = (shrinkage * total) / Math.max(1, matrix.values.length);
  for (let r = 0; r < matrix.rows; r++) {
    let squares = missing;
    for (let n = matrix.indptr[r]!; n < matrix.indptr[r + 1]!; n++) squares += matrix.values[n]! ** 2;
    if (squares === 0) continue;
    const norm = Math.sqrt(squares);
    for (let n = matrix.indptr[r]!; n < matrix.indptr[r + 1]!; n++) matrix.values[n]! /= norm;
  }
};
