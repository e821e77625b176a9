/** Popularity: what most people play, the recent counting more. */

import { DAY_MS, EngineError, type EpochMs } from '#domain';
import { canonicalHistory, checkItem, checkOption, checkUser } from './history.ts';
import type { Interactions, Model } from './model.ts';
import { decodeModel, encodeModel, type LoadOptions, storedArray } from './model-bytes.ts';
import { type PlayWeight, playWeight } from './play-weight.ts';
import { NO_CONTRIBUTIONS, NOTHING_RANKED, rankPositive } from './ranking.ts';
import { EXACT } from './retrieval/item-index.ts';
import { toShared } from './shared-arrays.ts';

const NAME = 'popularity';

export interface PopularityOptions {
  /** Weight of one user's plays of an item: `log` keeps one heavy listener from deciding alone. */
  readonly weight?: PlayWeight;
  /** When each entry of `counts` was played last, in its order. Without times nothing decays. */
  readonly decay?: {
    readonly lastPlayedAt: ArrayLike<EpochMs>;
    /** The moment the ages are counted to; a later play has age 0. */
    readonly now: EpochMs;
    /** Days after which a play counts half. */
    readonly halfLifeDays: number;
  };
}

/**
 * Score of an item: Σ over users of weight(plays) · 2^(-age / half-life); without times the plain sum of weights.
 * Everyone gets the same ranking, and it owes nothing to the history, so `explain` and `similar` are empty.
 * O(entries).
 */
export const fitPopularity = (data: Interactions, options: PopularityOptions = {}): Model => {
  const { weight = 'log', decay } = options;
  const { counts } = data;
  if (decay !== undefined) {
    checkOption('halfLifeDays', decay.halfLifeDays, { min: Number.MIN_VALUE });
    if (decay.lastPlayedAt.length !== counts.indices.length) {
      const lengths = `${decay.lastPlayedAt.length} times for ${counts.indices.length} entries`;
      throw new EngineError('invalid_data', `${lengths}: expected as many`);
    }
  }
  const sums = new Float64Array(data.items.length);
  for (let n = 0; n < counts.indices.length; n++) {
    const age = decay === undefined ? 0 : Math.max(0, decay.now - decay.lastPlayedAt[n]!);
    const kept = decay === undefined ? 1 : 2 ** (-age / (decay.halfLifeDays * DAY_MS));
    sums[counts.indices[n]!]! += playWeight(counts.values[n]!, weight) * kept;
  }
  return popularityOf(Float32Array.from(sums));
};

/** @throws {EngineError} artifact_corrupt. */
export const loadPopularity = (bytes: Uint8Array, options?: LoadOptions): Model =>
  popularityOf(storedArray(decodeModel(bytes, NAME, options), NAME, 'scores', 'f32'));

export interface SharedPopularity {
  readonly model: 'popularity';
  readonly scores: Float32Array;
}

export const openSharedPopularity = ({ scores }: SharedPopularity): Model => popularityOf(scores);

const popularityOf = (scores: Float32Array): Model => {
  const itemCount = scores.length;
  return {
    name: NAME,
    itemCount,
    retrieval: EXACT,
    foldIn: (history) => ({ model: NAME, history: canonicalHistory(history, itemCount), values: new Float64Array(0) }),
    score: (user, items) => {
      checkUser(user, NAME);
      return Float32Array.from(items, (item) => scores[checkItem(item, itemCount)]!);
    },
    recommend: (user, k, exclude) => {
      checkUser(user, NAME);
      return rankPositive(scores, k, exclude);
    },
    similar: (item) => {
      checkItem(item, itemCount);
      return NOTHING_RANKED;
    },
    explain: (user, item) => {
      checkUser(user, NAME);
      checkItem(item, itemCount);
      return NO_CONTRIBUTIONS;
    },
    toBytes: () => encodeModel(NAME, { scalars: {}, arrays: { scores } }),
    share: () => ({ model: NAME, scores: toShared(scores) }),
  };
};
