/** Fits models on one file of interactions and judges them on another. */

import { type Estimate, type Interval, itemId } from '#domain';
import { type Measure, meanEstimate, ndcg, precision, recall } from '#evaluation';
import { type KernelPool, startKernelPool } from '#kernels';
import { createRng, csrFromTriples } from '#math';
import {
  fitAls,
  fitItemKnn,
  fitPopularity,
  type History,
  type Interactions,
  type Model,
  type OnEpoch,
  type PlayWeight,
} from '#models';
import { createNames, readInteractions } from './interaction-file.ts';

export const BENCH_MODELS = ['als', 'item-knn', 'popularity'] as const;
export type BenchModelName = (typeof BENCH_MODELS)[number];

/** Options that are left out take the default of the model. */
export interface BenchModelsOptions {
  /** Files with a header and the columns user, item, count, parted by tabs. */
  readonly train: string;
  readonly test: string;
  readonly models: readonly BenchModelName[];
  /** Length of the judged list. */
  readonly k: number;
  readonly factors?: number;
  readonly epochs?: number;
  readonly regularization?: number;
  readonly alpha?: number;
  /** For every model. */
  readonly weight?: PlayWeight;
  readonly neighbours?: number;
  readonly seed?: number;
  /** als: ends when plays kept back are found no better by this share. */
  readonly earlyStop?: number;
  /** als: fitted with 1, 2, 3 … epochs until the NDCG reaches this, to tell how long that takes. */
  readonly quality?: number;
}

/** One row of the report; a measure that cannot be computed is null. Means are over the users with a test item. */
export interface ModelBench {
  readonly model: BenchModelName;
  readonly fit_seconds: number;
  /** Of als: epochs that were run. */
  readonly epochs?: number;
  /** Of als, when a quality was asked for: epochs and seconds of the shortest fit that has it; null when none has. */
  readonly to_quality?: { readonly epochs: number; readonly fit_seconds: number } | null;
  /** `ndcg@k`, `precision@k`, `recall@k`. */
  readonly [measure: `${string}@${number}`]: number | null;
  /** 95 % intervals of the measures, by name. */
  readonly intervals: Readonly<Record<string, Interval | null>>;
  readonly users: number;
  /** Largest resident memory of the process up to now: models that ran before count. */
  readonly peak_rss_mib: number;
}

/**
 * Fits and judges each model in turn: top k for each user with a test item, that user's train items left out, binary
 * relevance. A user without train items is judged too, by what the model says of someone unknown.
 * @throws {EngineError} unreadable_file · invalid_data when an option is out of range.
 */
export const benchModels = async (options: BenchModelsOptions): Promise<readonly ModelBench[]> => {
  const users = createNames();
  const items = createNames();
  const train = await readInteractions(options.train, users, items);
  const test = await readInteractions(options.test, users, items);
  const data: Interactions = {
    users: users.names,
    items: items.names.map((name) => itemId('track', name)),
    counts: csrFromTriples(users.names.length, items.names.length, {
      rows: train.users,
      columns: train.items,
      values: train.counts,
    }),
  };
  const relevant = new Map<number, Map<number, number>>();
  test.users.forEach((user, n) => {
    const judgments = relevant.get(user) ?? new Map<number, number>();
    relevant.set(user, judgments.set(test.items[n]!, 1));
  });
  const pool = startKernelPool();
  const results: ModelBench[] = [];
  try {
    for (const model of options.models) results.push(await benchModel(model, data, relevant, options, pool));
  } finally {
    await pool.close();
  }
  return results;
};

const benchModel = async (
  name: BenchModelName,
  data: Interactions,
  relevant: ReadonlyMap<number, ReadonlyMap<number, number>>,
  options: BenchModelsOptions,
  pool: KernelPool,
): Promise<ModelBench> => {
  const started = performance.now();
  let epochs = 0;
  const model = await fitModel(name, data, options, pool, (told) => {
    epochs = told.epoch;
  });
  const fitSeconds = (performance.now() - started) / 1000;
  const measures = [ndcg(options.k), precision(options.k), recall(options.k)];
  const estimates = judge(model, data, relevant, measures, options.k);
  const intervalOf = (estimate: Estimate): Interval | null => (estimate.ok ? estimate.interval : null);
  return {
    model: name,
    fit_seconds: fitSeconds,
    ...(name === 'als' ? { epochs } : {}),
    ...(name === 'als' && options.quality !== undefined
      ? { to_quality: await fitToQuality(options.quality, epochs, data, relevant, options, pool) }
      : {}),
    ...Object.fromEntries(estimates.map(([measure, estimate]) => [measure, valueOrNull(estimate)])),
    intervals: Object.fromEntries(estimates.map(([measure, estimate]) => [measure, intervalOf(estimate)])),
    users: relevant.size,
    peak_rss_mib: process.resourceUsage().maxRSS / 1024,
  };
};

const valueOrNull = (estimate: Estimate): number | null => (estimate.ok ? estimate.value : null);

/** The shortest fit whose NDCG reaches the quality; null when none of at most so many epochs does. */
const fitToQuality = async (
  quality: number,
  most: number,
  data: Interactions,
  relevant: ReadonlyMap<number, ReadonlyMap<number, number>>,
  options: BenchModelsOptions,
  pool: KernelPool,
): Promise<{ readonly epochs: number; readonly fit_seconds: number } | null> => {
  for (let epochs = 1; epochs <= most; epochs++) {
    const started = performance.now();
    const model = await fitModel('als', data, { ...options, epochs }, pool);
    const fitSeconds = (performance.now() - started) / 1000;
    const [[, estimate] = []] = judge(model, data, relevant, [ndcg(options.k)], options.k);
    if (estimate?.ok && estimate.value >= quality) return { epochs, fit_seconds: fitSeconds };
  }
  return null;
};

const fitModel = (
  name: BenchModelName,
  data: Interactions,
  options: BenchModelsOptions,
  pool: KernelPool,
  onEpoch?: OnEpoch,
): Model | Promise<Model> => {
  const { seed = 42 } = options;
  switch (name) {
    case 'als':
      return fitAls(
        data,
        given(options, ['factors', 'epochs', 'regularization', 'alpha', 'weight', 'earlyStop']),
        createRng(seed),
        pool,
        onEpoch,
      );
    case 'item-knn':
      return fitItemKnn(data, given(options, ['neighbours', 'weight']), pool);
    case 'popularity':
      return fitPopularity(data, given(options, ['weight']));
  }
};

/** The named options that have a value. */
const given = <K extends keyof BenchModelsOptions>(options: BenchModelsOptions, keys: readonly K[]) =>
  Object.fromEntries(keys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]])) as {
    readonly [Key in K]?: Exclude<BenchModelsOptions[Key], undefined>;
  };

const judge = (
  model: Model,
  data: Interactions,
  relevant: ReadonlyMap<number, ReadonlyMap<number, number>>,
  measures: readonly Measure[],
  k: number,
): readonly (readonly [string, Estimate])[] => {
  const values = measures.map((): (number | undefined)[] => []);
  for (const [user, judgments] of relevant) {
    const history = historyOf(data, user);
    const played = new Set(history.items);
    const { items } = model.recommend(model.foldIn(history), k, (item) => played.has(item));
    measures.forEach((measure, n) => {
      values[n]!.push(measure.compute(items, judgments));
    });
  }
  return measures.map((measure, n) => [measure.name, meanEstimate(values[n]!)]);
};

const historyOf = ({ counts }: Interactions, user: number): History => {
  const start = counts.indptr[user]!;
  const end = counts.indptr[user + 1]!;
  return { items: counts.indices.slice(start, end), weights: counts.values.slice(start, end) };
};
