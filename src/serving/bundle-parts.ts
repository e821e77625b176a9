/** A model bundle as named byte arrays, for whoever stores them. */

import { EngineError, type ItemId } from '#domain';
import { loadAls, loadContent, loadItemKnn, loadPopularity, type Model, type ModelName } from '#models';
import type { ModelBundle } from './model-bundle.ts';

export type BundleParts = Readonly<Record<string, Uint8Array>>;

const LOADERS: Readonly<Record<ModelName, (bytes: Uint8Array) => Model>> = {
  popularity: loadPopularity,
  'item-knn': loadItemKnn,
  als: loadAls,
  content: loadContent,
};
const NAMES = Object.keys(LOADERS) as readonly ModelName[];

/** Parts `manifest` (JSON), `items` (one id a line), `listeners` (u32, little-endian) and one a model. */
export const bundleToParts = (bundle: ModelBundle): BundleParts => {
  const { items, listeners, models, ...manifest } = bundle;
  const parts: Record<string, Uint8Array> = {
    manifest: new TextEncoder().encode(JSON.stringify(manifest)),
    items: new TextEncoder().encode(items.join('\n')),
    listeners: new Uint8Array(listeners.buffer, listeners.byteOffset, listeners.byteLength),
  };
  for (const name of NAMES) {
    const model = models[name];
    if (model !== undefined) parts[name] = model.toBytes();
  }
  return parts;
};

/** @throws {EngineError} artifact_corrupt when a part is missing or does not fit the others. */
export const bundleFromParts = (parts: BundleParts): ModelBundle => {
  const text = (name: string) => new TextDecoder().decode(partOf(parts, name));
  let manifest: Omit<ModelBundle, 'items' | 'listeners' | 'models'>;
  try {
    manifest = JSON.parse(text('manifest'));
  } catch (cause) {
    throw new EngineError('artifact_corrupt', 'the manifest of the models is not JSON', { cause });
  }
  const ids = text('items');
  const items = (ids === '' ? [] : ids.split('\n')) as ItemId[];
  const listeners = new Uint32Array(partOf(parts, 'listeners').slice().buffer);
  const models: Partial<Record<ModelName, Model>> = {};
  for (const name of NAMES) {
    const bytes = parts[name];
    if (bytes !== undefined) models[name] = checked(LOADERS[name](bytes), items.length);
  }
  if (listeners.length !== items.length) {
    throw new EngineError('artifact_corrupt', `${listeners.length} counts of listeners for ${items.length} items`);
  }
  const { popularity } = models;
  if (popularity === undefined) throw new EngineError('artifact_corrupt', 'the models lack popularity');
  return { ...manifest, items, listeners, models: { ...models, popularity } };
};

const partOf = (parts: BundleParts, name: string): Uint8Array => {
  const part = parts[name];
  if (part === undefined) throw new EngineError('artifact_corrupt', `the stored models lack the part "${name}"`);
  return part;
};

const checked = (model: Model, items: number): Model => {
  if (model.itemCount === items) return model;
  throw new EngineError('artifact_corrupt', `model ${model.name} has ${model.itemCount} items instead of ${items}`);
};
