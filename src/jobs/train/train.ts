/** Learning from the log: read, fit beside the event loop, store. */

import type { ArtifactStore } from '#artifacts';
import { type Clock, PackedIds, SECOND_MS } from '#domain';
import { openSharedModel } from '#models';
import { type ModelBundle, modelsByName } from '#serving';
import type { WarehouseRows } from '#warehouse';
import { ALLOCATORS, type Learned, toBundle, toParts } from './bundle-parts.ts';
import { type FitThreads, type FittedBeside, fitInWorker } from './fit-in-worker.ts';
import type { FitOptions } from './fit-models.ts';
import { readTrainingData } from './read-training-data.ts';
import type { TrainingData } from './training-data.ts';

export interface TrainDeps {
  readonly warehouse: WarehouseRows;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
}

/** `total` is null while rows are read: how many there are is not known before. */
export interface TrainProgress {
  readonly done: number;
  readonly total: number | null;
  readonly unit: 'rows' | 'models';
}

export interface TrainOptions extends Pick<FitOptions, 'als' | 'itemKnn' | 'halfLifeDays'>, FitThreads {
  readonly seed?: string | number;
  /** With more listeners than that, models learn from a random part of them. */
  readonly mostUsers?: number;
  /** Versions kept in the store, the new one included. */
  readonly keep?: number;
  readonly onProgress?: (progress: TrainProgress) => void;
  readonly signal?: AbortSignal;
}

/** Name of the artifact that holds all models. */
const ARTIFACT = 'models';
const MOST_USERS = 50_000;
const KEPT_VERSIONS = 3;
const MODELS = 4;

/**
 * Fits what the data allow and stores it; null, with nothing stored, when nothing was ever listened to. Rows must be in
 * the warehouse already: flush its writer before, and `deriveSessions`, so that answers to surveys find their sessions.
 * Reading happens in blocks and fitting in a thread of its own, so the server goes on answering. With the same rows, options and time the models are the same bytes.
 * @throws {EngineError} warehouse_unavailable, disk_full; the signal's reason when it is aborted.
 */
export const train = async (deps: TrainDeps, options: TrainOptions = {}): Promise<ModelBundle | null> => {
  const { artifacts, clock } = deps;
  const { seed = 1, keep = KEPT_VERSIONS, onProgress = () => undefined } = options;
  const trainedAt = clock.now();
  const begun = await beginFit(deps, options, { seed, now: trainedAt, ...chosen(options) });
  if (begun === null) return null;
  const { facts, listeners } = begun;
  const { items, itemBytes, ...fitted } = await begun.fitted;
  const learned = {
    ...fitted,
    trainedAt,
    items: PackedIds.open(items),
    listeners,
    users: facts.users,
    interactions: facts.interactions,
    seconds: (clock.now() - trainedAt) / SECOND_MS,
  } satisfies Learned;
  const lineage = { trainedAt, data: facts, options: { ...chosen(options) }, seed: String(seed) };
  const { version } = await artifacts.save(ARTIFACT, toParts({ ...learned, itemBytes }), lineage);
  await artifacts.prune(ARTIFACT, keep);
  onProgress({ done: MODELS, total: MODELS, unit: 'models' });
  return { ...learned, version, models: modelsByName(fitted.models.map(({ shared }) => openSharedModel(shared))) };
};

interface Begun {
  readonly facts: ReturnType<typeof factsOf>;
  readonly listeners: Uint32Array;
  readonly fitted: Promise<FittedBeside>;
}

/** What is read lives no longer than until the thread has it: while that fits, there are no million strings on this side. */
const beginFit = async (
  { warehouse }: TrainDeps,
  options: TrainOptions,
  fitOptions: FitOptions,
): Promise<Begun | null> => {
  const { onProgress = () => undefined, signal = new AbortController().signal } = options;
  let rows = 0;
  const data = await readTrainingData(warehouse, {
    mostUsers: options.mostUsers ?? MOST_USERS,
    signal,
    isBackground: options.isBackground ?? false,
    onRows: (count) => {
      rows += count;
      onProgress({ done: rows, total: null, unit: 'rows' });
    },
  });
  if (data.userIndex.length === 0) return null;
  let models = 0;
  const onModel = (): void => onProgress({ done: models++, total: MODELS, unit: 'models' });
  return {
    facts: factsOf(data),
    listeners: data.listeners,
    fitted: fitInWorker(data, fitOptions, onModel, signal, options),
  };
};

/** The models stored last; null when there are none. @throws {EngineError} artifact_corrupt */
export const latestModels = async (artifacts: ArtifactStore): Promise<ModelBundle | null> => {
  const artifact = await artifacts.latest(ARTIFACT, ALLOCATORS);
  return artifact === null ? null : toBundle(artifact);
};

/** Counts, taken before the arrays move into the worker. */
const factsOf = (data: TrainingData) => ({
  users: data.users,
  items: data.items.length,
  interactions: data.userIndex.length,
  sessions: data.sessionStarts.length - 1,
  answers: data.answers.answers.length,
  sample_permille: data.samplePermille,
});

const chosen = ({ als, itemKnn, halfLifeDays }: TrainOptions) => ({
  ...(als === undefined ? {} : { als }),
  ...(itemKnn === undefined ? {} : { itemKnn }),
  ...(halfLifeDays === undefined ? {} : { halfLifeDays }),
});
