/** Content: what an item is, and what it is heard with; enough for one single listener. */

import { EngineError, type ItemId } from '#domain';
import { type Csr, dot, transposeCsr } from '#math';
import { canonicalHistory, checkItem, checkUser } from '../history.ts';
import type { Contribution, Model, UserVector } from '../model.ts';
import { decodeModel, encodeModel } from '../model-bytes.ts';
import { playWeight } from '../play-weight.ts';
import { rankPositive, sortContributions } from '../ranking.ts';
import { csrParts, storedCsr } from '../stored-csr.ts';
import { type ItemFeatures, itemVectors } from './item-vectors.ts';

const NAME = 'content';

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
export const fitContent = ({ items, features, sessions }: ContentData): Model => {
  if (features.length !== items.length) {
    throw new EngineError('invalid_data', `features of ${features.length} items: expected ${items.length}`);
  }
  for (const session of sessions) {
    for (const item of session) checkItem(item, items.length);
  }
  return contentOf(itemVectors(features, sessions));
};

/** @throws {EngineError} artifact_corrupt. */
export const loadContent = (bytes: Uint8Array): Model =>
  contentOf(storedCsr(decodeModel(bytes, NAME), NAME, 'vectors'));

const contentOf = (vectors: Csr): Model => {
  const itemCount = vectors.rows;
  const postings = transposeCsr(vectors);

  /** Sum of the vectors of items, each times its weight: a dense vector over the features. */
  const sumOf = (items: Uint32Array, weights: Float64Array): Float64Array => {
    const sum = new Float64Array(vectors.cols);
    items.forEach((item, n) => {
      addRow(sum, weights[n]!, vectors, item);
    });
    return sum;
  };

  /** Inner product of every item with a vector over the features. */
  const products = (vector: Float64Array): Float32Array => {
    const sums = new Float64Array(itemCount);
    for (let feature = 0; feature < vector.length; feature++) {
      const value = vector[feature]!;
      if (value === 0) continue;
      for (let n = postings.indptr[feature]!; n < postings.indptr[feature + 1]!; n++) {
        sums[postings.indices[n]!]! += value * postings.values[n]!;
      }
    }
    return new Float32Array(sums);
  };

  const scoreAll = (user: UserVector): Float32Array => {
    checkUser(user, NAME);
    return products(sumOf(user.history.items, user.values));
  };

  return {
    name: NAME,
    itemCount,
    foldIn: (history) => {
      const canonical = canonicalHistory(history, itemCount);
      const weights = Float64Array.from(canonical.weights, (plays) => playWeight(plays, 'log'));
      const length = lengthOf(sumOf(canonical.items, weights));
      // Weights that make the sum a vector of length 1, so that products with it are cosines.
      const values = weights.map((weight) => (length === 0 ? 0 : weight / length));
      return { model: NAME, history: canonical, values };
    },
    score: (user, items) => {
      const scores = scoreAll(user);
      return Float32Array.from(items, (item) => scores[checkItem(item, itemCount)]!);
    },
    recommend: (user, k, exclude) => rankPositive(scoreAll(user), k, exclude),
    similar: (item, k) => {
      const vector = sumOf(Uint32Array.of(checkItem(item, itemCount)), Float64Array.of(1));
      return rankPositive(products(vector), k, (other) => other === item);
    },
    explain: (user, item) => {
      checkUser(user, NAME);
      checkItem(item, itemCount);
      const target = sumOf(Uint32Array.of(item), Float64Array.of(1));
      const contributions: Contribution[] = [];
      user.history.items.forEach((played, n) => {
        contributions.push({ item: played, value: user.values[n]! * rowTimes(vectors, played, target) });
      });
      return sortContributions(contributions);
    },
    toBytes: () => encodeModel(NAME, csrParts('vectors', vectors)),
  };
};

const lengthOf = (vector: Float64Array): number => Math.sqrt(dot(vector, vector));

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
