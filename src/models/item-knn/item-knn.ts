/** Item-based nearest neighbours: people who played this also played that. */

import { inThread, type KernelPool } from '#kernels';
import type { Csr } from '#math';
import { canonicalHistory, checkItem, checkOption, checkUser } from '../history.ts';
import type { Interactions, Model, UserVector } from '../model.ts';
import { corrupt, decodeModel, encodeModel, type LoadOptions } from '../model-bytes.ts';
import { nearestRows } from '../neighbours.ts';
import { PLAY_WEIGHTS, type PlayWeight, playWeight } from '../play-weight.ts';
import { contributionsOf, rankPositiveOf } from '../ranking.ts';
import { EXACT } from '../retrieval/item-index.ts';
import { toSharedCsr } from '../shared-arrays.ts';
import { csrParts, storedCsr } from '../stored-csr.ts';
import { type ItemWeights, weightItems } from './item-weights.ts';

const NAME = 'item-knn';
/** Items up to which each is looked up among the neighbours of the history; with more all neighbours are added up once. */
const FEW = 8;

export interface ItemKnnOptions extends Partial<ItemWeights> {
  /** Neighbours kept for each item. */
  readonly neighbours?: number;
}

/**
 * Score of item j: Σ over the history of weight(plays of i) · sim(i, j), where j is among the nearest items of i
 * [Deshpande2004]; `weight` of the options counts both where items are compared and here. Deterministic: it takes no
 * random numbers. O(Σ over users of plays²) to fit, O(history · neighbours) for a user, 8 · neighbours bytes an item.
 * @throws {EngineError} invalid_data on an option out of range.
 */
export const fitItemKnn = async (
  data: Interactions,
  options: ItemKnnOptions = {},
  pool: KernelPool = inThread(),
): Promise<Model> => {
  const { neighbours = 50, weighting = 'tf-idf', weight = 'log', shrinkage = 5 } = options;
  checkOption('neighbours', neighbours, { min: 1, integer: true });
  checkOption('shrinkage', shrinkage, { min: 0 });
  const rows = weightItems(data.counts, { weighting, weight, shrinkage });
  return itemKnnOf(await nearestRows(rows, neighbours, pool), weight);
};

/** @throws {EngineError} artifact_corrupt. */
export const loadItemKnn = (bytes: Uint8Array, options?: LoadOptions): Model => {
  const parts = decodeModel(bytes, NAME, options);
  const weight = PLAY_WEIGHTS.find((each) => each === parts.scalars['weight']);
  if (weight === undefined) throw corrupt(NAME, `its play weight is "${parts.scalars['weight']}"`);
  return itemKnnOf(storedCsr(parts, NAME, 'similarity'), weight);
};

export interface SharedItemKnn {
  readonly model: 'item-knn';
  readonly similarity: Csr;
  readonly weight: PlayWeight;
}

export const openSharedItemKnn = ({ similarity, weight }: SharedItemKnn): Model => itemKnnOf(similarity, weight);

const itemKnnOf = (similarity: Csr, weight: PlayWeight): Model => {
  const itemCount = similarity.rows;
  // All zero between calls: a history touches few of the items, and clearing those costs less than new memory.
  const sums = new Float64Array(itemCount);
  const touched = new Uint32Array(itemCount);

  /** Items that are neighbours of the history; their scores are in `sums` until `clear`. */
  const addUp = (user: UserVector): Uint32Array => {
    checkUser(user, NAME);
    let count = 0;
    user.history.items.forEach((item, n) => {
      for (let at = similarity.indptr[item]!; at < similarity.indptr[item + 1]!; at++) {
        const other = similarity.indices[at]!;
        if (sums[other] === 0) touched[count++] = other;
        sums[other]! += user.values[n]! * similarity.values[at]!;
      }
    });
    return touched.subarray(0, count);
  };
  /** The same bits as `addUp` gives: the same summands in the same order. */
  const scoreOf = (user: UserVector, item: number): number => {
    let sum = 0;
    user.history.items.forEach((played, n) => {
      sum += user.values[n]! * entry(similarity, played, item);
    });
    return sum;
  };
  const clear = (items: Uint32Array): void => {
    for (const item of items) sums[item] = 0;
  };
  return {
    name: NAME,
    itemCount,
    retrieval: EXACT,
    foldIn: (history) => {
      const canonical = canonicalHistory(history, itemCount);
      const values = Float64Array.from(canonical.weights, (plays) => playWeight(plays, weight));
      return { model: NAME, history: canonical, values };
    },
    score: (user, items) => {
      checkUser(user, NAME);
      for (const item of items) checkItem(item, itemCount);
      if (items.length <= FEW) return Float32Array.from(items, (item) => scoreOf(user, item));
      const neighbours = addUp(user);
      const scores = Float32Array.from(items, (item) => sums[item]!);
      clear(neighbours);
      return scores;
    },
    recommend: (user, k, exclude) => {
      const neighbours = addUp(user);
      const scores = Float32Array.from(neighbours, (item) => sums[item]!);
      // Before anything of the caller's runs: `exclude` may ask this model something else.
      clear(neighbours);
      return rankPositiveOf(neighbours.slice(), scores, k, exclude);
    },
    similar: (item, k) => {
      checkItem(item, itemCount);
      const from = similarity.indptr[item]!;
      const to = similarity.indptr[item + 1]!;
      return rankPositiveOf(similarity.indices.subarray(from, to), similarity.values.subarray(from, to), k);
    },
    explain: (user, item) => {
      checkUser(user, NAME);
      checkItem(item, itemCount);
      const { items } = user.history;
      const values = new Float64Array(items.length);
      for (let n = 0; n < items.length; n++) values[n] = user.values[n]! * entry(similarity, items[n]!, item);
      return contributionsOf(items, values);
    },
    toBytes: () => {
      const parts = csrParts('similarity', similarity);
      return encodeModel(NAME, { ...parts, scalars: { ...parts.scalars, weight } });
    },
    share: () => ({ model: NAME, similarity: toSharedCsr(similarity), weight }),
  };
};

/** Element (row, column); 0 where nothing is stored. Columns of a row ascend. */
const entry = ({ indptr, indices, values }: Csr, row: number, column: number): number => {
  let low = indptr[row]!;
  let high = indptr[row + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (indices[middle]! < column) low = middle + 1;
    else high = middle;
  }
  return low < indptr[row + 1]! && indices[low] === column ? values[low]! : 0;
};
