/** What no engine sees: for tests and reports alone. */

import type { EventId, Intent, ItemId, SessionId, UserId } from '#domain';
import type { SkipClass } from './skip.ts';

/** What was really behind a play. */
export interface PlayTruth {
  readonly userId: UserId;
  readonly eventId: EventId;
  /** Utility in that moment, with fit to the intent, novelty and satiation; about −0.5 to 1.4. */
  readonly utility: number;
  readonly intent: Intent;
  readonly skipClass: SkipClass;
}

/** What was really behind a session. */
export interface SessionTruth {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly intent: Intent;
  /** Mean utility of what was heard, in [0, 1]. */
  readonly utility: number;
  /** Others who listened along. */
  readonly companions: number;
  /** Skips and actions. */
  readonly interactions: number;
}

/** What was really seen of a page. */
export interface ExaminationTruth {
  readonly userId: UserId;
  readonly slateId: string;
  /** Cards looked at, in order. */
  readonly items: readonly ItemId[];
}

/** Whether a listener would come that day, and did. */
export interface DayTruth {
  readonly userId: UserId;
  /** Day of the world, 0 the first. */
  readonly day: number;
  /** Probability of coming, given all that went before, in [0, 1): 0 in a spell away. */
  readonly returns: number;
  /** What all sessions so far have caused of it: minus the probability had they been neither good nor bad; in (-1, 1). */
  readonly effect: number;
  readonly came: boolean;
}

export interface ListenerTruth {
  readonly userId: UserId;
  readonly archetype: string;
  readonly timeZone: string;
  /** Generalist–specialist score of the tastes, in [0, 1]: low is broad. */
  readonly breadth: number;
  readonly readiness: number;
}

/** Where the truth goes while a world lives. */
export interface TruthSink {
  readonly play: (truth: PlayTruth) => void;
  readonly session: (truth: SessionTruth) => void;
  readonly examination: (truth: ExaminationTruth) => void;
  readonly day: (truth: DayTruth) => void;
}

/** The truth, which no engine sees: for tests and reports alone. */
export interface Oracle {
  readonly listeners: readonly ListenerTruth[];
  /** Lasting utility of a track for a listener as the world begins, both by index, in (0, 1). */
  readonly utility: (listener: number, track: number) => number;
  /** One entry a music play that was drawn from `batches`; empty unless `keepTruth`. */
  readonly plays: readonly PlayTruth[];
}
