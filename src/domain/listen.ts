/** What counts as having listened: the one rule that profiles, training and explanations share. */

import type { EventOf } from './event-codec.ts';

/** Industry convention: a stream counts from 30 seconds on. */
export const LISTEN_MIN_MS = 30_000;

type PlayFacts = Pick<EventOf<'play'>, 'msPlayed' | 'skipped' | 'durationMs'>;

/**
 * Long enough to count, or played to its end. Where the length is unknown the play counts unless it is known to be
 * skipped: exporters such as Last.fm list only plays that already passed their own threshold.
 */
export const isListen = (play: PlayFacts): boolean => {
  if (play.msPlayed === undefined) return play.skipped !== true;
  if (play.msPlayed >= LISTEN_MIN_MS) return true;
  return play.durationMs !== undefined && play.durationMs > 0 && play.msPlayed >= 0.9 * play.durationMs;
};
