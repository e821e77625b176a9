/**
 * A bundle of models as the parts of an artifact: `bundle.json` (readiness, what was learned from), `items` (packed ids),
 * `listeners` (u32 per item, little-endian), `intents` where a model of intents was learned (its weights, f64,
 * little-endian), and each model under its name.
 */

import type { Allocators, Artifact, ArtifactParts } from '#artifacts';
import { EngineError, type EpochMs, type ItemId, PackedIds } from '#domain';
import { createArena } from '#kernels';
import {
  type LoadOptions,
  loadAls,
  loadContent,
  loadItemKnn,
  loadPopularity,
  type Model,
  type ModelName,
} from '#models';
import type { Readiness } from '#policy';
import { type ModelBundle, modelsByName } from '#serving';
import type { IntentLearning, IntentModel } from '#units';

/** What was learned, before it is stored and gets its version. */
export type Learned = Omit<ModelBundle, 'version' | 'models'> & {
  readonly models: readonly { readonly name: ModelName; readonly bytes: Uint8Array }[];
  /** The items as bytes, where somebody has them so already. */
  readonly itemBytes?: Uint8Array;
};

interface Header {
  readonly trained_at: EpochMs;
  readonly basis: ModelBundle['basis'];
  readonly readiness: Readiness;
  readonly intents: Omit<IntentLearning, 'model'> & {
    readonly model: Omit<IntentModel, 'weights'> | null;
  };
  readonly users: number;
  readonly interactions: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly models: readonly ModelName[];
}

const HEADER = 'bundle.json';
const ITEMS = 'items';
const LISTENERS = 'listeners';
const INTENTS = 'intents';

const LOADERS: Readonly<Record<ModelName, (bytes: Uint8Array, options: LoadOptions) => Model>> = {
  popularity: loadPopularity,
  content: loadContent,
  'item-knn': loadItemKnn,
  als: loadAls,
};

export const toParts = (learned: Learned): ArtifactParts => {
  const header: Header = {
    trained_at: learned.trainedAt,
    basis: learned.basis,
    readiness: learned.readiness,
    intents: withoutWeights(learned.intents),
    users: learned.users,
    interactions: learned.interactions,
    seconds: learned.seconds,
    notes: learned.notes,
    models: learned.models.map(({ name }) => name),
  };
  const { buffer, byteOffset, byteLength } = learned.listeners;
  return {
    [HEADER]: toJson(header),
    [ITEMS]: learned.itemBytes ?? learned.items.toBytes(),
    [LISTENERS]: new Uint8Array(buffer, byteOffset, byteLength),
    ...(learned.intents.model !== null && { [INTENTS]: new Uint8Array(learned.intents.model.weights.slice().buffer) }),
    ...Object.fromEntries(learned.models.map(({ name, bytes }) => [name, bytes])),
  };
};

/** Factors are read to where the kernels work with them. */
export const ALLOCATORS: Allocators = new Map([['als', createArena]]);

/**
 * Of parts as they were saved: what a store of artifacts gives, or `toParts` in the same process.
 * @throws {EngineError} artifact_corrupt when a part is missing or is not what it should be.
 */
export const toBundle = ({ version, content }: Pick<Artifact, 'version' | 'content'>): ModelBundle => {
  const header = readJson<Header>(HEADER, content);
  const items = readItems(partOf(content, ITEMS));
  return {
    version,
    trainedAt: header.trained_at,
    basis: header.basis,
    items,
    listeners: readListeners(partOf(content, LISTENERS), items.length),
    models: loadModels(header.models, content),
    readiness: header.readiness,
    intents: withWeights(header.intents, content),
    users: header.users,
    interactions: header.interactions,
    seconds: header.seconds,
    notes: header.notes,
  };
};

const withoutWeights = ({ model, ...learning }: IntentLearning): Header['intents'] => {
  if (model === null) return { ...learning, model };
  const { weights, ...rest } = model;
  return { ...learning, model: rest };
};

/** What was stored before intents were learned has nothing of them: it is learned again. */
const withWeights = (learning: Header['intents'] | undefined, content: ArtifactParts): IntentLearning => {
  if (learning === undefined) throw corrupt('they say nothing of intents: an earlier version stored them');
  if (learning.model === null) return { ...learning, model: null };
  const weights = new Float64Array(partOf(content, INTENTS).slice().buffer);
  return { ...learning, model: { ...learning.model, weights } };
};

const loadModels = (names: readonly ModelName[], content: ArtifactParts): ModelBundle['models'] =>
  modelsByName(
    names.map((name) => {
      const load = LOADERS[name];
      if (load === undefined) throw corrupt(`model "${name}" is not one of ${Object.keys(LOADERS).join(', ')}`);
      return load(partOf(content, name), { verified: true });
    }),
  );

const partOf = (content: ArtifactParts, name: string): Uint8Array => {
  const bytes = content[name];
  if (bytes === undefined) throw corrupt(`part "${name}" is missing`);
  return bytes;
};

const toJson = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const readJson = <T>(name: string, content: ArtifactParts): T => {
  try {
    return JSON.parse(new TextDecoder().decode(partOf(content, name))) as T;
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw corrupt(`part "${name}" is not JSON`, cause);
  }
};

const readItems = (bytes: Uint8Array): PackedIds<ItemId> => {
  try {
    return PackedIds.parse<ItemId>(bytes);
  } catch (cause) {
    throw corrupt(`part "${ITEMS}" holds no ids: ${(cause as Error).message}`, cause);
  }
};

const readListeners = (bytes: Uint8Array, items: number): Uint32Array => {
  if (bytes.length !== 4 * items) throw corrupt(`part "${LISTENERS}" has ${bytes.length} bytes for ${items} items`);
  return new Uint32Array(bytes.slice().buffer);
};

const corrupt = (reason: string, cause?: unknown): EngineError =>
  new EngineError('artifact_corrupt', `the stored models cannot be read: ${reason}`, { cause });
