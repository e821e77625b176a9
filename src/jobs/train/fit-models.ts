/** From training data to fitted models: what can be fitted is, and what cannot is said in words. */

import type { EpochMs } from '#domain';
import { inThread, type KernelPool } from '#kernels';
import { createRng, csrFromTriples } from '#math';
import {
  type AlsOptions,
  fitAls,
  fitContent,
  fitItemKnn,
  fitPopularity,
  type Interactions,
  type ItemKnnOptions,
  type Model,
  type ModelName,
} from '#models';
import { type Breadth, learnReadiness, type Readiness } from '#policy';
import type { ModelBundle } from '#serving';
import { type IntentLearning, learnIntents, learningWords } from '#units';
import type { TrainingData } from './training-data.ts';

export interface FitOptions {
  readonly seed: string | number;
  /** Ages of plays are counted to here. */
  readonly now: EpochMs;
  /** Days after which a play counts half for popularity. */
  readonly halfLifeDays?: number;
  readonly als?: AlsOptions;
  readonly itemKnn?: ItemKnnOptions;
}

/** Everything learned. */
export interface Fitted {
  readonly models: readonly Model[];
  readonly basis: ModelBundle['basis'];
  readonly readiness: Readiness;
  readonly intents: IntentLearning;
  readonly notes: readonly string[];
}

/** Everything learned, the models as bytes, so that it can be stored. */
export type FittedModels = Omit<Fitted, 'models'> & {
  readonly models: readonly { readonly name: ModelName; readonly bytes: Uint8Array }[];
};

/** As `fitEach`, for a store. */
export const fitModels = async (...fit: Parameters<typeof fitEach>): Promise<FittedModels> => {
  const { models, ...rest } = await fitEach(...fit);
  return { models: models.map((model) => ({ name: model.name, bytes: model.toBytes() })), ...rest };
};

/** With fewer listeners or pairs, what people have in common is chance. */
export const LEAST_USERS = 30;
export const LEAST_PAIRS = 500;
const HALF_LIFE_DAYS = 30;

/** Deterministic in data and options, whatever the pool. `onModel` is told before each model is fitted. */
export const fitEach = async (
  data: TrainingData,
  options: FitOptions,
  onModel: (name: ModelName) => void = () => undefined,
  pool: KernelPool = inThread(),
): Promise<Fitted> => {
  const interactions = interactionsOf(data);
  const notes: string[] = [];
  const models: Model[] = [];
  const add = async (name: ModelName, make: () => Model | Promise<Model>): Promise<void> => {
    onModel(name);
    models.push(await make());
  };
  await add('popularity', () => fitPopularity(interactions, { decay: decayOf(data, interactions, options) }));
  const hasContent = knowsContent(data);
  if (hasContent) await add('content', () => fitContent(contentOf(data)));
  else notes.push('content is missing: no artists, albums, tags or sessions are known');
  const pairs = interactions.counts.indices.length;
  const isCollaborative = data.users >= LEAST_USERS && pairs >= LEAST_PAIRS;
  if (isCollaborative) {
    await add('item-knn', () => fitItemKnn(interactions, options.itemKnn, pool));
    await add('als', () => fitAls(interactions, options.als ?? {}, createRng('als').derive(options.seed), pool));
  } else {
    const need = `at least ${LEAST_USERS} listeners and ${LEAST_PAIRS} pairs of listener and item`;
    notes.push(`als and item-knn are missing: they need ${need}; there are ${data.users} and ${pairs}`);
  }
  const intents = learnIntents(data.answers, createRng('intents').derive(options.seed));
  if (intents.model === null) notes.push(`intents go by the rules alone: ${learningWords(intents)}`);
  if (data.samplePermille < 1000) {
    notes.push(
      `learned from ${data.users} listeners, ${(data.samplePermille / 10).toFixed(1)} % of all, drawn by hash`,
    );
  }
  return {
    models,
    basis: isCollaborative ? 'collaborative' : hasContent ? 'content_only' : 'popularity_only',
    readiness: learnReadiness(breadths(data)),
    intents,
    notes,
  };
};

const interactionsOf = (data: TrainingData): Interactions => ({
  // Rows have no names here: models never look at them, and people's ids stay out of artifacts.
  users: Array.from({ length: data.users }, (_, user) => String(user)),
  items: data.items,
  counts: csrFromTriples(data.users, data.items.length, {
    rows: data.userIndex,
    columns: data.itemIndex,
    values: data.listens,
  }),
});

/**
 * The times in the order of the matrix; where a time is unknown the entry does not age. Ages count from the newest of them: of what
 * ended years ago nothing would be left, and a factor that all have in common ranks nothing otherwise.
 */
const decayOf = (data: TrainingData, { counts }: Interactions, options: FitOptions) => {
  const newest = data.lastAt.reduce(
    (most, at) => (Number.isNaN(at) ? most : Math.max(most, at)),
    Number.NEGATIVE_INFINITY,
  );
  const now = Math.min(options.now, Number.isFinite(newest) ? newest : options.now);
  const lastPlayedAt = new Float64Array(counts.indices.length).fill(now);
  for (let n = 0; n < data.userIndex.length; n++) {
    const user = data.userIndex[n] ?? 0;
    const at = data.lastAt[n] ?? Number.NaN;
    const place = placeIn(
      counts.indices,
      counts.indptr[user] ?? 0,
      counts.indptr[user + 1] ?? 0,
      data.itemIndex[n] ?? 0,
    );
    if (!Number.isNaN(at)) lastPlayedAt[place] = at;
  }
  return { lastPlayedAt, now, halfLifeDays: options.halfLifeDays ?? HALF_LIFE_DAYS };
};

/** Where the item stands in the ascending row `[from, to)`; it is there. */
const placeIn = (indices: Uint32Array, from: number, to: number, item: number): number => {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((indices[middle] ?? 0) < item) low = middle + 1;
    else high = middle;
  }
  return low;
};

const knowsContent = (data: TrainingData): boolean =>
  data.sessionStarts.length > 1 ||
  data.artists.some((artist) => artist !== null) ||
  data.albums.some((album) => album !== null) ||
  data.tags.some((tags) => tags.length > 0);

const contentOf = (data: TrainingData) => ({
  items: data.items,
  features: data.items.map((_, item) => {
    const artist = data.artists[item] ?? null;
    const album = data.albums[item] ?? null;
    return {
      ...(artist === null ? {} : { artist }),
      ...(album === null ? {} : { album }),
      tags: data.tags[item] ?? [],
    };
  }),
  sessions: Array.from({ length: data.sessionStarts.length - 1 }, (_, session) =>
    data.sessionItems.subarray(data.sessionStarts[session], data.sessionStarts[session + 1]),
  ),
});

/** Of each listener: listens with a known artist, and how many artists. */
const breadths = (data: TrainingData): Breadth[] => {
  const plays = new Float64Array(data.users);
  const artists = Array.from({ length: data.users }, () => new Set<string>());
  for (let n = 0; n < data.userIndex.length; n++) {
    const artist = data.artists[data.itemIndex[n] ?? 0] ?? null;
    if (artist === null) continue;
    const user = data.userIndex[n] ?? 0;
    plays[user] = (plays[user] ?? 0) + (data.listens[n] ?? 0);
    artists[user]?.add(artist);
  }
  return artists.map((known, user) => ({ plays: plays[user] ?? 0, artists: known.size }));
};
