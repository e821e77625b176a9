/** What models are fitted on: who listened to what, what was heard in a row, what items are. Made to cross into a worker. */

import type { ItemId } from '#domain';
import type { SurveyAnswers } from '#units';

export interface TrainingData {
  /** Item of each index. */
  readonly items: readonly ItemId[];
  /** Aligned with `items`; null where unknown. */
  readonly artists: readonly (string | null)[];
  readonly albums: readonly (string | null)[];
  readonly tags: readonly (readonly string[])[];
  /** Listeners with at least one listen, of everyone and not only of the sample. */
  readonly listeners: Uint32Array;
  /** Listeners in the sample, each with a dense index. */
  readonly users: number;
  /** Entry n: user `userIndex[n]` listened `listens[n]` > 0 times to item `itemIndex[n]`, last at `lastAt[n]`. */
  readonly userIndex: Uint32Array;
  readonly itemIndex: Uint32Array;
  readonly listens: Float32Array;
  /** Epoch milliseconds; NaN where unknown. */
  readonly lastAt: Float64Array;
  /** Sessions as item indices one after the other; session n begins at `sessionStarts[n]`, the last entry is the end. */
  readonly sessionItems: Uint32Array;
  readonly sessionStarts: Uint32Array;
  /** Share of all listeners that the sample holds, in thousandths; 1000 is everyone. */
  readonly samplePermille: number;
  /** What listeners said sessions were for, of everyone. */
  readonly answers: SurveyAnswers;
}

/** What is known of each item: the part that cannot be handed over, only copied. */
export type ItemColumns = Pick<TrainingData, 'items' | 'artists' | 'albums' | 'tags'>;

/** The columns of some thousand items at a time, so that copying them holds nobody up for long. */
export function* itemSlices({ items, artists, albums, tags }: ItemColumns, size: number): Generator<ItemColumns> {
  for (let from = 0; from < items.length; from += size) {
    const to = from + size;
    yield {
      items: items.slice(from, to),
      artists: artists.slice(from, to),
      albums: albums.slice(from, to),
      tags: tags.slice(from, to),
    };
  }
}

/** The memory that is handed over instead of copied; the arrays are empty on this side afterwards. */
export const transferables = (data: TrainingData): ArrayBuffer[] =>
  [data.userIndex, data.itemIndex, data.listens, data.lastAt, data.sessionItems, data.sessionStarts].map(
    (array) => array.buffer as ArrayBuffer,
  );
