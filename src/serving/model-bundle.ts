/** All that was learned at once: the models over one list of items, and what is known of the population. */

import { EngineError, type EpochMs, type ItemId, type PackedIds } from '#domain';
import type { Model, ModelName } from '#models';
import type { Readiness } from '#policy';
import type { IntentLearning } from '#units';

export interface ModelBundle {
  readonly version: string;
  readonly trainedAt: EpochMs;
  /** The best that these models can give. */
  readonly basis: 'collaborative' | 'content_only' | 'popularity_only';
  /** Item of each index of the models. */
  readonly items: PackedIds<ItemId>;
  /** Listeners with at least one listen, per item: as trained, and less by each that serving has been told to forget since. */
  readonly listeners: Uint32Array;
  /** Popularity is always there; the others where the data allow. */
  readonly models: Readonly<Partial<Record<ModelName, Model>>> & { readonly popularity: Model };
  readonly readiness: Readiness;
  /** What posteriors over intents rest on. */
  readonly intents: IntentLearning;
  readonly users: number;
  readonly interactions: number;
  readonly seconds: number;
  /** Why models are missing, in words. */
  readonly notes: readonly string[];
}

/** The models of a bundle. @throws {EngineError} artifact_corrupt when popularity is not among them. */
export const modelsByName = (models: readonly Model[]): ModelBundle['models'] => {
  const named: Partial<Record<ModelName, Model>> = Object.fromEntries(models.map((model) => [model.name, model]));
  const { popularity, ...others } = named;
  if (popularity === undefined) {
    throw new EngineError('artifact_corrupt', 'the stored models cannot be read: there is no popularity');
  }
  return { popularity, ...others };
};
