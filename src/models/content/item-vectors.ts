/** Sparse vectors of what items are and what they are heard with. */

import { type Csr, topK } from '#math';
import { coListening } from './co-listening.ts';
import { createRowWriter, type RowWriter } from './row-writer.ts';

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
const CONTENT_BLOCKS = { artist: 1, album: 0.5, tags: 1, heard: 1 } as const;
type Block = keyof typeof CONTENT_BLOCKS;
const BLOCKS = Object.keys(CONTENT_BLOCKS) as Block[];

/** Strongest companions kept for an item: bounds its vector whatever the number of sessions. */
const COMPANIONS = 50;

/** A vector under construction: features by number. */
type Features = ReadonlyMap<number, number>;

/**
 * items × features; rows have length 1, or are empty when nothing is known. A row is the blocks artist, album, tags (by
 * rarity: ln((1 + N) / (1 + n))) and heard (the item itself and its companions), each of length √weight, so the inner
 * product of two rows is the weighted mean of the blocks' cosines over what is known of the items. Features 0 to N - 1 are
 * the items as companions; those of the other blocks follow in order of first sight.
 */
export const itemVectors = (features: readonly ItemFeatures[], sessions: readonly Uint32Array[]): Csr => {
  const numbers = new Map<string, number>();
  const numberOf = (feature: string): number => {
    const known = numbers.get(feature);
    if (known !== undefined) return known;
    const number = features.length + numbers.size;
    numbers.set(feature, number);
    return number;
  };
  const single = (kind: string, value: string | undefined): Features =>
    new Map(value === undefined || value === '' ? [] : [[numberOf(`${kind}\n${value}`), 1]]);
  const rarity = tagRarity(features);
  const companions = coListening(sessions, features.length);
  const writer = createRowWriter();
  features.forEach((item, index) => {
    writeRow(writer, {
      artist: single('artist', item.artist),
      // Albums of the same name by different artists are different albums.
      album: single('album', item.album === undefined ? undefined : `${item.artist ?? ''}\n${item.album}`),
      tags: new Map(item.tags.map((tag) => [numberOf(`tag\n${tag}`), rarity.get(tag)!])),
      heard: heardWith(companions, index),
    });
  });
  return writer.toCsr(features.length + numbers.size);
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
const heardWith = (companions: Csr, item: number): Features => {
  const start = companions.indptr[item]!;
  const strengths = companions.values.subarray(start, companions.indptr[item + 1]!);
  const best = topK(strengths, COMPANIONS);
  const heard = new Map<number, number>();
  if (best.length > 0) heard.set(item, strengths[best[0]!]!);
  for (const n of best) heard.set(companions.indices[start + n]!, strengths[n]!);
  return heard;
};

const writeRow = (writer: RowWriter, blocks: Readonly<Record<Block, Features>>): void => {
  const known = BLOCKS.filter((block) => blocks[block].size > 0);
  const total = known.reduce((sum, block) => sum + CONTENT_BLOCKS[block], 0);
  const entries: [number, number][] = [];
  for (const block of known) {
    const features = blocks[block];
    const length = Math.sqrt([...features.values()].reduce((sum, value) => sum + value ** 2, 0));
    const scale = Math.sqrt(CONTENT_BLOCKS[block] / total) / length;
    for (const [feature, value] of features) entries.push([feature, value * scale]);
  }
  entries.sort((a, b) => a[0] - b[0]);
  for (const [feature, value] of entries) writer.push(feature, value);
  writer.endRow();
};
