/** What no engine sees. */

import type { EventId, Intent, UserId } from '#domain';
import type { SkipClass } from './skip.ts';

/** What was really behind a play. */
export interface PlayTruth {
  readonly userId: UserId;
  readonly eventId: EventId;
  /** Utility in that moment, with fit to the intent and satiation; about −0.5 to 1.1. */
  readonly utility: number;
  readonly intent: Intent;
  readonly skipClass: SkipClass;
}

export interface ListenerTruth {
  readonly userId: UserId;
  readonly archetype: string;
  readonly timeZone: string;
  /** Generalist–specialist score of the tastes, in [0, 1]: low is broad. */
  readonly breadth: number;
  readonly readiness: number;
}

/** The truth, which no engine sees: for tests and reports alone. */
export interface Oracle {
  readonly listeners: readonly ListenerTruth[];
  /** Lasting utility of a track for a listener, both by index, in (0, 1). */
  readonly utility: (listener: number, track: number) => number;
  /** One entry a music play that was drawn from `batches`; empty unless `keepTruth`. */
  readonly plays: readonly PlayTruth[];
}
