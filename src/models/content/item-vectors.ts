/** Sparse vectors of what items are and what they are heard with. */

import { type Csr, csrFromTriples, topK } from '#math';
import { coListening } from './co-listening.ts';

/** What is known about an item; absent means unknown. */
export interface ItemFeatures {
  readonly artist?: string;
  readonly album?: string;
  readonly tags: readonly string[];
}

/**
 * How much each kind of evidence weighs in the likeness of two items that have all four: the same album says more than
 * the same artist (it implies him), being heard together as much as the same artist.
 */
export const CONTENT_BLOCKS = { artist: 1, album: 0.5, tags: 1, heard: 1 } as const;
type Block = keyof typeof CONTENT_BLOCKS;

/** Strongest companions kept for an item: bounds its vector whatever the number of sessions. */
const COMPANIONS = 50;

/** A vector under construction: features by number, grouped by kind. */
type Features = Map<Block, Map<number, number>>;

/**
 * items × features; rows have length 1, or are empty when nothing is known. A row is the blocks artist, album, tags (by
 * rarity: ln((1 + N) / (1 + n))) and heard (the item itself and its companions), each of length √weight, so the inner
 * product of two rows is the weighted mean of the blocks' cosines over what is known of the items.
 */
export const itemVectors = (features: readonly ItemFeatures[], sessions: readonly Uint32Array[]): Csr => {
  const numbers = new Map<string, number>();
  const numberOf = (feature: string): number => {
    const known = numbers.get(feature);
    if (known !== undefined) return known;
    numbers.set(feature, numbers.size);
    return numbers.size - 1;
  };
  const rarity = tagRarity(features);
  const companions = coListening(sessions, features.length);
  const vectors = features.map((item, index): Features => {
    const single = (kind: string, value: string | undefined) =>
      new Map(value === undefined || value === '' ? [] : [[numberOf(`${kind}\n${value}`), 1]]);
    return new Map([
      ['artist', single('artist', item.artist)],
      // Albums of the same name by different artists are different albums.
      ['album', single('album', item.album === undefined ? undefined : `${item.artist ?? ''}\n${item.album}`)],
      ['tags', new Map(item.tags.map((tag) => [numberOf(`tag\n${tag}`), rarity.get(tag)!]))],
      ['heard', heardWith(companions, index, (other) => numberOf(`heard\n${other}`))],
    ]);
  });
  return toRows(vectors, numbers.size);
};

const tagRarity = (features: readonly ItemFeatures[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { tags } of features) {
    for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  // A tag that every item has would weigh nothing and leave a block without direction, hence the small floor.
  const weigh = (count: number): number => Math.max(1e-3, Math.log((1 + features.length) / (1 + count)));
  return new Map([...counts].map(([tag, count]) => [tag, weigh(count)]));
};

/**
 * The item's strongest companions and the item itself, as strong as the strongest of them: two items are then alike when
 * one is the other's companion, and when they share companions.
 */
const heardWith = (companions: Csr, item: number, numberOf: (item: number) => number): Map<number, number> => {
  const start = companions.indptr[item]!;
  const strengths = companions.values.subarray(start, companions.indptr[item + 1]!);
  const best = topK(strengths, COMPANIONS);
  const heard = new Map<number, number>();
  if (best.length > 0) heard.set(numberOf(item), strengths[best[0]!]!);
  for (const n of best) heard.set(numberOf(companions.indices[start + n]!), strengths[n]!);
  return heard;
};

const toRows = (vectors: readonly Features[], featureCount: number): Csr => {
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  vectors.forEach((blocks, row) => {
    const known = [...blocks].filter(([, features]) => features.size > 0);
    const total = known.reduce((sum, [block]) => sum + CONTENT_BLOCKS[block], 0);
    for (const [block, features] of known) {
      const length = Math.sqrt([...features.values()].reduce((sum, value) => sum + value ** 2, 0));
      const scale = Math.sqrt(CONTENT_BLOCKS[block] / total) / length;
      for (const [feature, value] of features) {
        rows.push(row);
        columns.push(feature);
        values.push(value * scale);
      }
    }
  });
  return csrFromTriples(vectors.length, featureCount, { rows, columns, values });
};
