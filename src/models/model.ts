/** The port of a recommender, and the data it learns from and answers with. Items are dense indices `0 … itemCount - 1`. */

import type { ItemId } from '#domain';
import type { Csr } from '#math';
import type { Retrieval } from './retrieval/item-index.ts';
import type { SharedModel } from './shared-model.ts';

export type ModelName = 'popularity' | 'item-knn' | 'als' | 'content';

/** Who played what, how often. */
export interface Interactions {
  /** Names of the rows; their kind (user id, list id) is the caller's. */
  readonly users: readonly string[];
  readonly items: readonly ItemId[];
  /** users × items; the value is the number of plays, positive. */
  readonly counts: Csr;
}

/** One user's plays as the model sees them; may be empty. An item named twice counts as the sum of its weights. */
export interface History {
  readonly items: Uint32Array;
  /** Plays of each item, positive; fractions are allowed, so that recent plays can weigh more. */
  readonly weights: Float32Array;
}

/** Best first; equal scores by lower item index. */
export interface Ranked {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

/** What items of the history brought to the score of the item that is explained. To be read only: the items may be the history's own. */
export interface Contributions {
  readonly items: Uint32Array;
  /** Of each of them, in units of the score; may be negative. */
  readonly values: Float64Array;
}

/**
 * A user as a model sees them. Made by `foldIn`, understood only by the model that made it; to everyone else opaque.
 * It holds no reference into the model, so it may be kept as long as the model is in use.
 */
export interface UserVector {
  readonly model: ModelName;
  /** Distinct items, ascending, with their summed weights. */
  readonly history: History;
  /** The model's own representation; its length is the model's affair. */
  readonly values: Float64Array;
}

/**
 * A fitted recommender. Immutable: the same question gives the same answer. Scores of different models are not on one
 * scale. Users are never stored: each is folded in from their recent plays when asked about, so their last action counts.
 *
 * @throws {EngineError} invalid_data from every method, when an item index is outside `0 … itemCount - 1`, a weight is
 * not a positive number, or the user was folded in by another kind of model.
 */
export interface Model {
  readonly name: ModelName;
  readonly itemCount: number;
  /** How `recommend` and `similar` find their items. */
  readonly retrieval: Retrieval;
  /** The user's representation, from their plays. */
  foldIn(history: History): UserVector;
  /** One score for each of `items`, in their order; 0 where the model has no evidence. */
  score(user: UserVector, items: Uint32Array): Float32Array;
  /**
   * The k best items that are not excluded; the user's own items are not excluded by themselves. Items without evidence
   * are left out, so it may be shorter than k; without history it is empty for every model but popularity.
   */
  recommend(user: UserVector, k: number, exclude?: (item: number) => boolean): Ranked;
  /** The k items most like this one, itself left out; empty when the model knows no likeness of items. */
  similar(item: number, k: number): Ranked;
  /**
   * What each item of the history brought to this item's score, in the order of the history, zero shares left out; `bestFirst`
   * ranks them. The values sum to the score (to 1e-6 of the sum of their sizes). Empty where the score owes nothing to the history.
   */
  explain(user: UserVector, item: number): Contributions;
  /** The whole model, for `load…` of the same model; equal models give equal bytes. */
  toBytes(): Uint8Array;
  /** The whole model, for `openSharedModel` in another thread. This one must not be asked any more when that one is. */
  share(): SharedModel;
}
