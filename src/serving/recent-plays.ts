/** The last plays in order of time, and the session they end in. */

import { type EpochMs, MINUTE_MS } from '#domain';

/** A pause longer than this ends a session. */
export const SESSION_GAP_MS: number = 30 * MINUTE_MS;
const KEPT = 300;

export interface RecentPlay {
  readonly place: number;
  readonly at: EpochMs;
  /** 0 when unknown. */
  readonly msPlayed: number;
  readonly listened: boolean;
  /** Skipped, or left before it counted. */
  readonly skipped: boolean;
  readonly sessionId: string | null;
}

export class RecentPlays {
  /** Ascending by time. */
  #plays: RecentPlay[] = [];

  add(play: RecentPlay): void {
    if (this.#plays.length >= KEPT && play.at <= this.#plays[0]!.at) return;
    let at = this.#plays.length;
    while (at > 0 && this.#plays[at - 1]!.at > play.at) at--;
    this.#plays.splice(at, 0, play);
    if (this.#plays.length > KEPT) this.#plays.shift();
  }

  /** The plays of the last session, oldest first, running or not. */
  lastSession(): readonly RecentPlay[] {
    let first = this.#plays.length - 1;
    while (first > 0 && !gapBetween(this.#plays[first - 1]!, this.#plays[first]!)) first--;
    return first < 0 ? [] : this.#plays.slice(first);
  }

  /** The last session, if it has not ended by `now`. */
  runningSession(now: EpochMs): readonly RecentPlay[] {
    const session = this.lastSession();
    const last = session.at(-1);
    return last === undefined || now - endOf(last) > SESSION_GAP_MS ? [] : session;
  }

  /** Plays that named this session. */
  ofSession(sessionId: string): readonly RecentPlay[] {
    return this.#plays.filter((play) => play.sessionId === sessionId);
  }
}

const endOf = (play: RecentPlay): EpochMs => play.at + play.msPlayed;

const gapBetween = (before: RecentPlay, after: RecentPlay): boolean => after.at - endOf(before) > SESSION_GAP_MS;
