/** What the thread that answers and the one that started it ask of each other. */

import type { ItemId, SharedIds, UserId } from '#domain';
import type { LoopDelay } from '#http';
import type { JournalLineEnd } from '#journal';
import type { ModelName, SharedModel } from '#models';
import type {
  HomeRequest,
  ListenerLog,
  ModelBundle,
  RadioRequest,
  ServedSlate,
  Serving,
  WeeklyRequest,
} from '#serving';
import type { Acting } from '../acting-experiments.ts';

/** A bundle on its way: what is large lies in memory that both threads read. */
export interface SharedBundle extends Omit<ModelBundle, 'items' | 'models'> {
  readonly items: SharedIds<ItemId>;
  readonly models: readonly { readonly name: ModelName; readonly shared: SharedModel }[];
}

/** The JSON of a value: what is large and plain reaches another thread in half the time as text. */
export type JsonOf<Value> = string & { readonly ofType?: Value };

/** What the thread offers. */
export interface ThreadFace extends Omit<Serving, 'useModels' | 'home' | 'weekly' | 'radio'> {
  home(userId: UserId, request: HomeRequest): Promise<JsonOf<ServedSlate>>;
  weekly(userId: UserId, request: WeeklyRequest): Promise<JsonOf<ServedSlate>>;
  radio(userId: UserId, request: RadioRequest): Promise<JsonOf<ServedSlate>>;
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
