/** The door's face: what listeners are answered, and how the answers come to know what has happened. */

import type { Clock, EventOf, Item, ItemId, ListenerEvent, SlateId, UserId } from '#domain';
import type { ServingExperiments } from './acting-arms.ts';
import type { ItemPage, LoggedSlate, Profile, ServedSlate, Why } from './answers.ts';
import type { ListenerLog } from './listener-log.ts';
import type { ModelBundle } from './model-bundle.ts';

/** By which a unit of an experiment is found that is no user. */
interface UnitRequest {
  readonly sessionId?: string;
  /** Value of the attribute that units are clustered by. */
  readonly cluster?: string;
  readonly device?: string;
}

export interface HomeRequest extends UnitRequest {
  /** Make a new page even if nothing has happened. */
  readonly refresh?: boolean;
  /** IANA name; remembered. */
  readonly timeZone?: string;
}

export interface WeeklyRequest extends UnitRequest {
  readonly length?: number;
  readonly timeZone?: string;
}

export interface RadioRequest extends UnitRequest {
  readonly count?: number;
  /** Item to start from; without it the running session leads. */
  readonly seedItem?: ItemId;
  readonly timeZone?: string;
}

export interface ServingDeps {
  readonly clock: Clock;
  /** A new unique id each time. */
  readonly newSlateId: () => SlateId;
  readonly log: ListenerLog;
  /**
   * Puts a slate on record, with the exposures to experiments that it is; resolves when all of it outlives the process, after `apply` has
   * been told of it. No slate is answered before. An exposure that is on record already counts once. `row` is the slate as
   * `toRow` makes it.
   */
  readonly record: (slate: EventOf<'slate'>, exposures: readonly EventOf<'assignment'>[], row: string) => Promise<void>;
  /** Told of what will be answered while it is put on record: work on it that is done now keeps nobody waiting. */
  readonly prepare?: (slate: ServedSlate) => void;
  /**
   * Milliseconds that pass steadily. With it homes are planned with fewer shelves while time is short, and say so; without it, where
   * answers must not depend on the machine, never.
   */
  readonly stopwatch?: () => number;
  /** Experiments that act on slates; none without it. */
  readonly experiments?: ServingExperiments;
  /**
   * Bounds of what is remembered: listeners, items of all of them together, and bytes of the last slates; without it 10,000,
   * 1,000,000 and 64 MiB.
   */
  readonly memory?: { readonly listeners: number; readonly items: number; readonly slateBytes?: number };
}

export interface ServingState {
  readonly model: string | null;
  readonly listenersInMemory: number;
  readonly catalogue: number;
  /** Claims that did not hold when they were checked, since the start; each such card was served without one. */
  readonly claimsDropped: number;
}

export interface Serving {
  /** Reads the catalogue and the pools. Resolves when answers can be given. */
  start(): Promise<void>;
  /** @throws {EngineError} invalid_request on an unknown time zone; so do `weekly` and `radio`. */
  home(userId: UserId, request?: HomeRequest): Promise<ServedSlate>;
  weekly(userId: UserId, request?: WeeklyRequest): Promise<ServedSlate>;
  /** @throws {EngineError} unknown_item when the seed item is not in the catalogue. */
  radio(userId: UserId, request?: RadioRequest): Promise<ServedSlate>;
  /** @throws {EngineError} unknown_slate, or unknown_item when the item is not in the slate. */
  why(slateId: SlateId, itemId: ItemId): Promise<Why>;
  /** @throws {EngineError} unknown_slate */
  loggedSlate(slateId: SlateId): Promise<LoggedSlate>;
  /** @throws {EngineError} unknown_user */
  profile(userId: UserId): Promise<Profile>;
  /** @throws {EngineError} unknown_item */
  itemPage(itemId: ItemId, userId: UserId | null): Promise<ItemPage>;
  /** Takes acknowledged events in, in journal order, its own slates among them; the next answer knows them. */
  apply(events: readonly ListenerEvent[]): void;
  applyItems(items: readonly Item[]): void;
  /**
   * For every answer that begins after it resolves; until then the old ones answer, and none is made of both. null goes back to
   * nothing learned. Of two calls at once the later one counts.
   */
  useModels(bundle: ModelBundle | null): Promise<void>;
  /** Drops everything remembered of a listener, slates included. Call it before their events are erased and again after. */
  forget(userId: UserId): Promise<void>;
  /** Drops everything: listeners, slates, catalogue, pools, models. */
  clear(): void;
  state(): Promise<ServingState>;
}
