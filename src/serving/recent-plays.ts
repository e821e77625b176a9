/** The last plays in order of time, as columns, and the session they end in. */

import { type EpochMs, MINUTE_MS } from '#domain';

/** A pause longer than this ends a session. */
export const SESSION_GAP_MS: number = 30 * MINUTE_MS;
const KEPT = 300;
/** Plays beyond those kept that are let go at once, so that not each one moves all. */
const SPARE = 20;
const FIRST_ROOM = 16;

const LISTENED = 1;
const SKIPPED = 2;

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
  /** Rows ascend by time. */
  #places = new Int32Array(FIRST_ROOM);
  #at = new Float64Array(FIRST_ROOM);
  #msPlayed = new Float64Array(FIRST_ROOM);
  #flags = new Uint8Array(FIRST_ROOM);
  readonly #sessionIds: (string | null)[] = [];
  /** Row of the oldest play that is kept. */
  #first = 0;
  /** Rows, those before the first among them. */
  #size = 0;

  add(play: RecentPlay): void {
    const isFull = this.#size - this.#first === KEPT;
    if (isFull && play.at <= this.#at[this.#first]!) return;
    if (this.#size === this.#at.length) this.#makeRoom();
    let row = this.#size;
    while (row > this.#first && this.#at[row - 1]! > play.at) row--;
    // Nearly always it is the last one, and nothing has to move.
    if (row < this.#size) for (const column of this.#columns()) column.copyWithin(row + 1, row, this.#size);
    this.#size++;
    if (isFull) this.#first++;
    this.#places[row] = play.place;
    this.#at[row] = play.at;
    this.#msPlayed[row] = play.msPlayed;
    this.#flags[row] = (play.listened ? LISTENED : 0) | (play.skipped ? SKIPPED : 0);
    // Nearly always that of the play before: one text is kept for both.
    const before = this.#sessionIds[row - 1] ?? null;
    const sessionId = play.sessionId === before ? before : play.sessionId;
    if (row === this.#sessionIds.length) this.#sessionIds.push(sessionId);
    else this.#sessionIds.splice(row, 0, sessionId);
  }

  /** The plays of the last session, oldest first, running or not. */
  lastSession(): readonly RecentPlay[] {
    return this.#from(this.#startOfLast());
  }

  /** The last session, if it has not ended by `now`. */
  runningSession(now: EpochMs): readonly RecentPlay[] {
    return this.#from(this.#startOfRunning(now));
  }

  /** When the session began that has not ended by `now`; undefined without one. */
  runningSince(now: EpochMs): EpochMs | undefined {
    return this.#at.subarray(0, this.#size)[this.#startOfRunning(now)];
  }

  /** What is played in the session that has not ended by `now`. */
  runningPlaces(now: EpochMs): ReadonlySet<number> {
    return new Set(this.#places.subarray(this.#startOfRunning(now), this.#size));
  }

  /** When the last session last played it; null where it did not. */
  lastSessionPlayAt(place: number): EpochMs | null {
    const row = this.#places.subarray(0, this.#size).lastIndexOf(place);
    return row < this.#startOfLast() ? null : this.#at[row]!;
  }

  /** Plays that named this session. */
  ofSession(sessionId: string): readonly RecentPlay[] {
    return this.#from(this.#first).filter((play) => play.sessionId === sessionId);
  }

  #startOfLast(): number {
    let first = this.#size - 1;
    while (first > this.#first && this.#at[first]! - this.#endOf(first - 1) <= SESSION_GAP_MS) first--;
    return Math.max(this.#first, first);
  }

  #startOfRunning(now: EpochMs): number {
    const isOver = this.#size === 0 || now - this.#endOf(this.#size - 1) > SESSION_GAP_MS;
    return isOver ? this.#size : this.#startOfLast();
  }

  #endOf(row: number): EpochMs {
    return this.#at[row]! + this.#msPlayed[row]!;
  }

  #from(first: number): readonly RecentPlay[] {
    return Array.from({ length: this.#size - first }, (_, n) => this.#play(first + n));
  }

  #play(row: number): RecentPlay {
    return {
      place: this.#places[row]!,
      at: this.#at[row]!,
      msPlayed: this.#msPlayed[row]!,
      listened: (this.#flags[row]! & LISTENED) !== 0,
      skipped: (this.#flags[row]! & SKIPPED) !== 0,
      sessionId: this.#sessionIds[row] ?? null,
    };
  }

  #columns() {
    return [this.#places, this.#at, this.#msPlayed, this.#flags] as const;
  }

  #makeRoom(): void {
    if (this.#first === 0) {
      this.#grow();
      return;
    }
    for (const column of this.#columns()) column.copyWithin(0, this.#first, this.#size);
    this.#sessionIds.splice(0, this.#first);
    this.#size -= this.#first;
    this.#first = 0;
  }

  #grow(): void {
    const room = Math.min(KEPT + SPARE, 2 * this.#at.length);
    this.#places = grown(this.#places, new Int32Array(room));
    this.#at = grown(this.#at, new Float64Array(room));
    this.#msPlayed = grown(this.#msPlayed, new Float64Array(room));
    this.#flags = grown(this.#flags, new Uint8Array(room));
  }
}

const grown = <Column extends Int32Array | Float64Array | Uint8Array>(column: Column, larger: Column): Column => {
  larger.set(column);
  return larger;
};
