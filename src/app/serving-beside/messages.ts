/** What the thread that answers and the one that started it ask of each other. */

import type { ItemId, SharedIds } from '#domain';
import type { LoopDelay } from '#http';
import type { JournalLineEnd } from '#journal';
import type { ModelName, SharedModel } from '#models';
import type { ListenerLog, ModelBundle, Serving } from '#serving';
import type { Surfaces } from '#wire';
import type { Acting } from '../acting-experiments.ts';

/** A bundle on its way: what is large lies in memory that both threads read. */
export interface SharedBundle extends Omit<ModelBundle, 'items' | 'models'> {
  readonly items: SharedIds<ItemId>;
  readonly models: readonly { readonly name: ModelName; readonly shared: SharedModel }[];
}

/** `Serving`, with slates as they leave: one that came as objects would be copied to the other thread and written out in it. */
export interface Answering extends Surfaces, Omit<Serving, keyof Surfaces> {}

/** What the thread offers. */
export interface ThreadFace extends Omit<Answering, 'useModels'> {
  useModels(bundle: SharedBundle | null): Promise<void>;
  useExperiments(acting: Acting): void;
  /** Of its event loop since the last call. */
  loopDelay(): Promise<LoopDelay>;
}

/** What the thread asks for. */
export type StarterFace = ListenerLog;

/** What the thread is started with. */
export interface ServingThreadData {
  /** Slates go to the journal over it, without passing whoever started the thread. */
  readonly journal: JournalLineEnd;
}
