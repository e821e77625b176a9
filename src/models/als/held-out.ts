/** One play of some users kept back, to see after each epoch whether more of them bring anything. */

import { createSpace, f32, type KernelPool, partsOf, u32 } from '#kernels';
import type { Csr, Rng } from '#math';
import type { Side } from './sweep.ts';

/** Length of the list in which the item that was kept back is looked for. */
const K = 100;
/** Users of a part. */
const PART = 64;

export interface HeldOut {
  /** The matrix without what is kept back. */
  readonly train: Csr;
  /** Ascending. */
  readonly users: Uint32Array;
  /** The item kept back of each. */
  readonly items: Uint32Array;
}

/** Of at most so many users, drawn at random among those with two items or more, one item each. */
export const holdOut = (counts: Csr, most: number, rng: Rng): HeldOut => {
  const { rows, indptr } = counts;
  const willing = Uint32Array.from({ length: rows }, (_, user) => user).filter(
    (user) => indptr[user + 1]! - indptr[user]! > 1,
  );
  const users = sampleOf(willing, most, rng).sort();
  const left = Uint32Array.from(users, (user) => indptr[user]! + rng.int(indptr[user + 1]! - indptr[user]!));
  const items = Uint32Array.from(left, (at) => counts.indices[at]!);
  return { train: without(counts, left), users, items };
};

/** The first of a Fisher-Yates shuffle. */
const sampleOf = (values: Uint32Array, most: number, rng: Rng): Uint32Array => {
  const count = Math.min(most, values.length);
  for (let n = 0; n < count; n++) {
    const other = n + rng.int(values.length - n);
    [values[n], values[other]] = [values[other]!, values[n]!];
  }
  return values.slice(0, count);
};

/** The matrix without the entries at these places, which ascend. */
const without = ({ rows, cols, indptr, indices, values }: Csr, places: Uint32Array): Csr => {
  const kept = indices.length - places.length;
  const train = { rows, cols, indptr: indptr.slice(), indices: new Uint32Array(kept), values: new Float32Array(kept) };
  let gone = 0;
  for (let row = 0; row < rows; row++) {
    for (let n = indptr[row]!; n < indptr[row + 1]!; n++) {
      if (places[gone] === n) {
        gone++;
        continue;
      }
      train.indices[n - gone] = indices[n]!;
      train.values[n - gone] = values[n]!;
    }
    train.indptr[row + 1] = indptr[row + 1]! - gone;
  }
  return train;
};

/**
 * Mean NDCG@100 of the items kept back, each ranked by the factors among those its user has not played; in [0, 1].
 * Users · items · size · 2 operations, on the threads of the pool; copies the factors of the items.
 */
export const createHeldOutQuality = (
  { train, users, items: wanted }: HeldOut,
  width: number,
  pool: KernelPool,
): ((users: Side, items: Side) => Promise<number>) => {
  const rowOf = (user: number): Uint32Array => train.indices.subarray(train.indptr[user], train.indptr[user + 1]);
  const excludedCount = users.reduce((sum, user) => sum + rowOf(user).length, 0);
  const space = createSpace({
    queries: f32(users.length * width),
    items: f32(train.cols * width),
    indptr: u32(users.length + 1),
    indices: u32(excludedCount),
    found: u32(users.length * K),
    scores: f32(users.length * K),
    counts: u32(users.length),
  });
  const { queries, items, indptr, indices, found, scores, counts } = space.arrays;
  users.forEach((user, n) => {
    indices.set(rowOf(user), indptr[n]!);
    indptr[n + 1] = indptr[n]! + rowOf(user).length;
  });
  const products = { queries, items, itemCount: train.cols, size: width, k: K, excluded: { indptr, indices } };
  return async (userSide, itemSide) => {
    users.forEach((user, n) => {
      queries.set(userSide.factors.subarray(user * width, (user + 1) * width), n * width);
    });
    items.set(itemSide.factors);
    await pool.run(
      space,
      'topProducts',
      { products, lists: { items: found, scores, counts } },
      partsOf(users.length, PART),
    );
    let gain = 0;
    wanted.forEach((item, n) => {
      const rank = found.subarray(n * K, n * K + counts[n]!).indexOf(item);
      // One relevant item: the ideal gain is 1.
      if (rank >= 0) gain += 1 / Math.log2(rank + 2);
    });
    return gain / users.length;
  };
};
