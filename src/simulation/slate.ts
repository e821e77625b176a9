/** What a listener asks of a service, and what it puts before them. */

import type { Device, EpochMs, EventOf, Intent, ItemId, SessionId } from '#domain';
import type { Life } from './life.ts';

export interface SlateRequest {
  /** home: a page to choose from. radio: what goes on after a track. */
  readonly surface: 'home' | 'radio';
  readonly life: Life;
  readonly at: EpochMs;
  readonly sessionId: SessionId;
  readonly device: Device;
  /** Local hour, 0–23, and ISO weekday. */
  readonly hour: number;
  readonly weekday: number;
  /** Track that the radio goes on from, by index; −1 on home. */
  readonly seed: number;
  readonly seedItem: ItemId | null;
  /** Cards wanted. */
  readonly count: number;
  /** Truth, for policies that are allowed it. */
  readonly intent: Intent;
}

export type Card = EventOf<'slate'>['cards'][number];

export interface Slate {
  readonly slateId: string;
  readonly cards: readonly Card[];
  /** Track of each card by index; −1 for what is no track of this world. */
  readonly tracks: ArrayLike<number>;
  /** The decision as the log has it; null when the service logs it itself. */
  readonly event: EventOf<'slate'> | null;
}

/** A listener’s session as it asks and is answered. */
export type Asking<Result> = Generator<SlateRequest, Result, Slate>;
