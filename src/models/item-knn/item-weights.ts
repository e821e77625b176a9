/** How much a play by each user says about an item, before items are compared. */

import { type Csr, transposeCsr } from '#math';
import { type PlayWeight, playWeight } from '../play-weight.ts';

/**
 * cosine: the play weights, rows of length 1 · tf-idf: √weight times the user's rarity, rows of length 1 · bm25: saturated
 * weight times the user's rarity, rows left as they are. In all three the "documents" are items and the "terms" users, so
 * a user of few items says more about each of them.
 */
export const ITEM_WEIGHTINGS = ['cosine', 'tf-idf', 'bm25'] as const;
export type ItemWeighting = (typeof ITEM_WEIGHTINGS)[number];

/** Saturation and length normalization of bm25, as for text but with a saturation that fits play counts. */
const BM25_K1 = 100;
const BM25_B = 0.8;

/** items × users. */
export const weightItems = (counts: Csr, weighting: ItemWeighting, weight: PlayWeight): Csr => {
  const items = transposeCsr(counts);
  const values = items.values.map((plays) => playWeight(plays, weight));
  const weighted = { ...items, values };
  if (weighting !== 'cosine') weighByRarity(weighted, weighting, counts);
  if (weighting !== 'bm25') normalizeRows(weighted);
  return weighted;
};

const weighByRarity = (items: Csr, weighting: 'tf-idf' | 'bm25', counts: Csr): void => {
  const rarity = Float64Array.from({ length: counts.rows }, (_, user) =>
    Math.log((1 + items.rows) / (1 + counts.indptr[user + 1]! - counts.indptr[user]!)),
  );
  const lengths = rowSums(items);
  const meanLength = lengths.reduce((a, b) => a + b, 0) / Math.max(1, items.rows);
  for (let item = 0; item < items.rows; item++) {
    const saturation = BM25_K1 * (1 - BM25_B + (BM25_B * lengths[item]!) / meanLength);
    for (let n = items.indptr[item]!; n < items.indptr[item + 1]!; n++) {
      const w = items.values[n]!;
      const saturated = weighting === 'tf-idf' ? Math.sqrt(w) : (w * (BM25_K1 + 1)) / (saturation + w);
      items.values[n] = saturated * rarity[items.indices[n]!]!;
    }
  }
};

const rowSums = (matrix: Csr): Float64Array => {
  const sums = new Float64Array(matrix.rows);
  for (let r = 0; r < matrix.rows; r++) {
    for (let n = matrix.indptr[r]!; n < matrix.indptr[r + 1]!; n++) sums[r]! += matrix.values[n]!;
  }
  return sums;
};

const normalizeRows = (matrix: Csr): void => {
  for (let r = 0; r < matrix.rows; r++) {
    let squares = 0;
    for (let n = matrix.indptr[r]!; n < matrix.indptr[r + 1]!; n++) squares += matrix.values[n]! ** 2;
    if (squares === 0) continue;
    for (let n = matrix.indptr[r]!; n < matrix.indptr[r + 1]!; n++) matrix.values[n]! /= Math.sqrt(squares);
  }
};
