/** Content: what an item is, and what it is heard with; enough for one single listener. */

import { EngineError, type ItemId } from '#domain';
import { type Csr, transposeCsr } from '#math';
import { canonicalHistory, checkItem, checkUser } from '../history.ts';
import type { Model } from '../model.ts';
import { decodeModel, encodeModel, type LoadOptions } from '../model-bytes.ts';
import { playWeight } from '../play-weight.ts';
import { contributionsOf, rankPositiveOf } from '../ranking.ts';
import { EXACT } from '../retrieval/item-index.ts';
import { toSharedCsr } from '../shared-arrays.ts';
import { csrParts, storedCsr } from '../stored-csr.ts';
import { type ItemFeatures, itemVectors } from './item-vectors.ts';

const NAME = 'content';
/** A feature of more items than this tells little and costs much: it is left to the scores of those found by rarer ones. */
const MOST_ITEMS = 1000;
/** Items found, for each one asked for, that make the common features needless. */
const ENOUGH = 4;

export interface ContentData {
  readonly items: readonly ItemId[];
  /** Aligned with `items`. */
  readonly features: readonly ItemFeatures[];
  /** Item indices in the order they were played, one array a session, of any users. */
  readonly sessions: readonly Uint32Array[];
}

/**
 * Score of an item: the cosine between it and the user, who is the sum of the vectors of what they played, each weighted by
 * ln(1 + plays); in [0, 1]. Needs no other users. Deterministic: it takes no random numbers.
 * O(features of the history · items with the feature) for a user.
 * @throws {EngineError} invalid_data when features or sessions do not fit the items.
 */
export const fitContent = ({ items, features, sessions }: ContentData, mostItems: number = MOST_ITEMS): Model => {
  if (features.length !== items.length) {
    throw new EngineError('invalid_data', `features of ${features.length} items: expected ${items.length}`);
  }
  for (const session of sessions) {
    for (const item of session) checkItem(item, items.length);
  }
  return contentOf(itemVectors(features, sessions), mostItems);
};

/** @throws {EngineError} artifact_corrupt. */
export const loadContent = (bytes: Uint8Array, options?: LoadOptions): Model =>
  contentOf(storedCsr(decodeModel(bytes, NAME, options), NAME, 'vectors'));

export interface SharedContent {
  readonly model: 'content';
  readonly vectors: Csr;
  readonly postings: Csr;
  readonly mostItems: number;
}

export const openSharedContent = ({ vectors, postings, mostItems }: SharedContent): Model =>
  contentOf(vectors, mostItems, postings);

/** `postings` are the vectors by feature. */
const contentOf = (vectors: Csr, mostItems: number = MOST_ITEMS, postings: Csr = transposeCsr(vectors)): Model => {
  const itemCount = vectors.rows;
  const itemsWith = (feature: number): number => postings.indptr[feature + 1]! - postings.indptr[feature]!;
  const isCommon = postings.indptr.some(
    (start, feature) => feature > 0 && start - postings.indptr[feature - 1]! > mostItems,
  );

  // All zero between calls: few of the features and items are touched, and clearing those costs less than new memory.
  const sum = new Float64Array(vectors.cols);
  const products = new Float64Array(itemCount);
  const touched = new Uint32Array(itemCount);

  /** What `use` makes of the sum of the vectors of items, each times its weight, dense over the features. */
  const withSum = <T>(items: Uint32Array, weights: Float64Array, use: (sum: Float64Array) => T): T => {
    items.forEach((item, n) => {
      addRow(sum, weights[n]!, vectors, item);
    });
    const made = use(sum);
    for (const item of items) clearRow(sum, vectors, item);
    return made;
  };

  /**
   * Adds a feature of `sum` to the products; returns how many items are touched, `count` before. Of its items only `most` are
   * looked at, those around `near` in the order of the catalogue.
   */
  const addFeature = (feature: number, count: number, near: number, most: number): number => {
    const value = sum[feature]!;
    const [from, to] = spanOf(postings, feature, near, most);
    let found = count;
    for (let n = from; n < to; n++) {
      const item = postings.indices[n]!;
      if (products[item] === 0) touched[found++] = item;
      products[item]! += value * postings.values[n]!;
    }
    return found;
  };

  /**
   * Adds up products with items that have one of the features: by those that few have, and where these lead to fewer than
   * `enough` items by the others, the rarest first. Returns how many are touched.
   */
  const touchItemsWith = (features: Uint32Array, near: number, enough: number): number => {
    let count = 0;
    for (const feature of features) {
      if (itemsWith(feature) <= mostItems) count = addFeature(feature, count, near, mostItems);
    }
    const common = features.filter((feature) => itemsWith(feature) > mostItems);
    for (const feature of common.sort((a, b) => itemsWith(a) - itemsWith(b) || a - b)) {
      if (count >= enough) break;
      count = addFeature(feature, count, near, Math.min(mostItems, enough - count));
    }
    return count;
  };

  /**
   * Items with a product with the sum, in any order, and their products: of all others it is 0. Where features are common,
   * only items that share a rarer one are looked at, as long as these are `enough`; then some of those of the next rarest.
   */
  const productsWith = (
    items: Uint32Array,
    weights: Float64Array,
    enough: number,
  ): { items: Uint32Array; scores: Float32Array } =>
    withSum(items, weights, () => {
      const features = featuresOf(vectors, items);
      const count = touchItemsWith(features, items[0] ?? 0, enough);
      const isComplete = features.every((feature) => itemsWith(feature) <= mostItems);
      // By rows where features are missing or came out of order: both add up ascending features in f64, to the same bits.
      const productOf = (item: number): number => (isComplete ? products[item]! : rowTimes(vectors, item, sum));
      const found = touched.slice(0, count);
      const scores = new Float32Array(count);
      for (let n = 0; n < count; n++) scores[n] = productOf(found[n]!);
      for (const item of found) products[item] = 0;
      return { items: found, scores };
    });

  return {
    name: NAME,
    itemCount,
    retrieval: isCommon ? { method: 'rarer_features', mostItems } : EXACT,
    foldIn: (history) => {
      const canonical = canonicalHistory(history, itemCount);
      const weights = Float64Array.from(canonical.weights, (plays) => playWeight(plays, 'log'));
      const length = withSum(canonical.items, weights, (vector) =>
        lengthOf(vector, featuresOf(vectors, canonical.items)),
      );
      // Weights that make the sum a vector of length 1, so that products with it are cosines.
      const values = weights.map((weight) => (length === 0 ? 0 : weight / length));
      return { model: NAME, history: canonical, values };
    },
    score: (user, items) => {
      checkUser(user, NAME);
      for (const item of items) checkItem(item, itemCount);
      return withSum(user.history.items, user.values, (vector) =>
        Float32Array.from(items, (item) => rowTimes(vectors, item, vector)),
      );
    },
    recommend: (user, k, exclude) => {
      checkUser(user, NAME);
      const found = productsWith(user.history.items, user.values, ENOUGH * k);
      return rankPositiveOf(found.items, found.scores, k, exclude);
    },
    similar: (item, k) => {
      const found = productsWith(Uint32Array.of(checkItem(item, itemCount)), Float64Array.of(1), ENOUGH * k);
      return rankPositiveOf(found.items, found.scores, k, (other) => other === item);
    },
    explain: (user, item) => {
      checkUser(user, NAME);
      checkItem(item, itemCount);
      const { items } = user.history;
      return withSum(Uint32Array.of(item), Float64Array.of(1), (target) => {
        const values = new Float64Array(items.length);
        for (let n = 0; n < items.length; n++) values[n] = user.values[n]! * rowTimes(vectors, items[n]!, target);
        return contributionsOf(items, values);
      });
    },
    toBytes: () => encodeModel(NAME, csrParts('vectors', vectors)),
    share: () => ({ model: NAME, vectors: toSharedCsr(vectors), postings: toSharedCsr(postings), mostItems }),
  };
};

/** The places of a feature's items, or of `most` of them that lie around the item `near`. */
const spanOf = ({ indptr, indices }: Csr, feature: number, near: number, most: number): readonly [number, number] => {
  const [from, to] = [indptr[feature]!, indptr[feature + 1]!];
  if (to - from <= most) return [from, to];
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (indices[middle]! < near) low = middle + 1;
    else high = middle;
  }
  const start = Math.max(from, Math.min(to - most, low - (most >> 1)));
  return [start, start + most];
};

/** Length of a vector that is 0 beside these features. */
const lengthOf = (vector: Float64Array, features: Uint32Array): number =>
  Math.sqrt(features.reduce((sum, feature) => sum + vector[feature]! ** 2, 0));

/** Features of any of the items, each once, ascending. */
const featuresOf = ({ indptr, indices }: Csr, items: Uint32Array): Uint32Array => {
  const features = new Set<number>();
  for (const item of items) for (let n = indptr[item]!; n < indptr[item + 1]!; n++) features.add(indices[n]!);
  return Uint32Array.from(features).sort();
};

const clearRow = (vector: Float64Array, { indptr, indices }: Csr, row: number): void => {
  for (let n = indptr[row]!; n < indptr[row + 1]!; n++) vector[indices[n]!] = 0;
};

const addRow = (vector: Float64Array, scale: number, matrix: Csr, row: number): void => {
  for (let n = matrix.indptr[row]!; n < matrix.indptr[row + 1]!; n++) {
    vector[matrix.indices[n]!]! += scale * matrix.values[n]!;
  }
};

const rowTimes = (matrix: Csr, row: number, vector: Float64Array): number => {
  let sum = 0;
  for (let n = matrix.indptr[row]!; n < matrix.indptr[row + 1]!; n++)
    sum += matrix.values[n]! * vector[matrix.indices[n]!]!;
  return sum;
};
