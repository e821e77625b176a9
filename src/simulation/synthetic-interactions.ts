/**
 * A large synthetic interaction matrix for timing: Zipf popularity and latent clusters, the same bits in any language.
 *
 * hash(stream, i) = mix(SEED·G + stream·S + (i + 1)·G) mod 2^64 with SplitMix64's finalizer as mix [Steele2014].
 * Streams: 1 cluster of an item, 2 cluster of a user, 3 number of draws of a user, 4 and 5 the draws.
 */

import type { Csr } from '#math';
import { createHash64, type Hash64 } from './hash64.ts';

export interface SyntheticInteractionsOptions {
  /** Fewer users give the first rows of the whole matrix. */
  readonly users?: number;
  readonly items?: number;
  /** Ends within the user whose row reaches so many pairs; then `users` is the most there may be. */
  readonly pairs?: number;
}

const SEED = 20_261_123;
const CLUSTERS = 64;
const POPULARITY_EXPONENT = -0.9;
const ALL_USERS = 200_000;
const ALL_ITEMS = 50_000;
/** Of a user, at most, with the items of the whole matrix: so the arrays need not grow. */
const MEAN_PAIRS = 100;

export interface SyntheticInteractions {
  /** users × items; the value is the number of draws of the pair. */
  readonly counts: Csr;
  /** Before duplicates were merged. */
  readonly draws: number;
}

/** Deterministic; about 0.2 µs a draw, and 8 bytes a pair. */
export const generateInteractions = (options: SyntheticInteractionsOptions = {}): SyntheticInteractions => {
  const { users: most = ALL_USERS, items = ALL_ITEMS, pairs = Number.POSITIVE_INFINITY } = options;
  const hash = createHash64(SEED);
  const clusterOf = Uint8Array.from({ length: items }, (_, item) => hash.at(1, item).low6());
  const everything = createInverse(Uint32Array.from({ length: items }, (_, item) => item));
  const clusters = Array.from({ length: CLUSTERS }, (_, cluster) =>
    createInverse(Uint32Array.from(itemsOf(clusterOf, cluster))),
  );
  const indptr = new Uint32Array(most + 1);
  const rows = createGrowing(Math.min(pairs, most * MEAN_PAIRS));
  let draws = 0;
  let users = 0;
  while (users < most && rows.length() < pairs) {
    const user = users++;
    const own = clusters[hash.at(2, user).low6()] ?? everything;
    const count = 40 + Math.floor(160 * hash.at(3, user).unit());
    rows.addRow(drawRow(hash, draws, count, own, everything));
    draws += count;
    indptr[users] = Math.min(pairs, rows.length());
  }
  const entries = rows.finish(indptr[users] ?? 0);
  return { counts: { rows: users, cols: items, indptr: indptr.subarray(0, users + 1), ...entries }, draws };
};

const drawRow = (hash: Hash64, from: number, count: number, own: Inverse, everything: Inverse): Uint32Array => {
  const row = new Uint32Array(count);
  for (let n = 0; n < count; n++) {
    const inverse = hash.at(4, from + n).unit() < 0.5 ? own : everything;
    row[n] = inverse(hash.at(5, from + n).unit());
  }
  return row.sort();
};

function* itemsOf(clusterOf: Uint8Array, cluster: number): Generator<number> {
  for (let item = 0; item < clusterOf.length; item++) if (clusterOf[item] === cluster) yield item;
}

/** From u in [0, 1) to an item: the first whose cumulative weight is greater than u · (sum of all). */
type Inverse = (u: number) => number;

const createInverse = (items: Uint32Array): Inverse => {
  const cumulative = new Float64Array(items.length);
  let total = 0;
  for (let n = 0; n < items.length; n++) {
    total += ((items[n] ?? 0) + 1) ** POPULARITY_EXPONENT;
    cumulative[n] = total;
  }
  // A guide table: where to begin looking, so that a draw costs a step or two instead of log2(items).
  const cells = 4 * items.length;
  const guide = new Uint32Array(cells);
  for (let cell = 0, place = 0; cell < cells; cell++) {
    while ((cumulative[place] ?? total) <= (cell / cells) * total) place++;
    guide[cell] = place;
  }
  return (u) => {
    const x = u * total;
    // One cell back, because the cell of x may be rounded up.
    let place = guide[Math.max(0, Math.floor(u * cells) - 1)] ?? 0;
    while ((cumulative[place] ?? Number.POSITIVE_INFINITY) <= x) place++;
    return items[place] ?? 0;
  };
};

/** Rows of a sparse matrix, one after the other, of unknown total length. */
const createGrowing = (capacity: number) => {
  let indices = new Uint32Array(capacity);
  let values = new Float32Array(capacity);
  let length = 0;
  const reserve = (needed: number): void => {
    if (needed <= indices.length) return;
    const larger = Math.max(needed, Math.ceil(indices.length * 1.5));
    indices = copyTo(new Uint32Array(larger), indices);
    values = copyTo(new Float32Array(larger), values);
  };
  return {
    length: () => length,
    /** Adds a sorted row; equal items are merged, the value is how many there were. */
    addRow: (sorted: Uint32Array) => {
      reserve(length + sorted.length);
      const start = length;
      for (const item of sorted) {
        if (length === start || indices[length - 1] !== item) {
          indices[length] = item;
          values[length++] = 1;
        } else {
          values[length - 1] = (values[length - 1] ?? 0) + 1;
        }
      }
    },
    /** The first `count` entries. Views: a copy would double the memory, and what was reserved and not used costs none. */
    finish: (count: number) => ({ indices: indices.subarray(0, count), values: values.subarray(0, count) }),
  };
};

const copyTo = <T extends Uint32Array | Float32Array>(target: T, source: T): T => {
  target.set(source);
  return target;
};
