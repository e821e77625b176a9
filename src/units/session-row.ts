/** A session as the warehouse counts it: what happened in it, summed; keys are columns. */

/** A session ends where nothing goes on for longer than that: the convention of web analytics, kept for audio. */
export const SESSION_GAP_MS = 30 * 60_000;

/** Plays looked at to tell what a session is for: enough to see a purpose, few enough to know early. */
export const EARLY_PLAYS = 5;

export interface EarlyPlay {
  readonly begin_ms: number;
  readonly event_id: string;
  /** -1 where the client does not tell. */
  readonly ms_played: number;
  readonly skipped: boolean;
  readonly user_initiated: boolean;
  readonly surface: string;
  /** What the item is for, by its tags or its pool; empty when nothing says. */
  readonly purpose: string;
}

/**
 * One session of one user, whatever the devices. Counts are whole numbers; an unknown text is empty, an unknown offset
 * null. `device_ms` and `surface_ms` weigh each by the time played there, and a millisecond an event.
 */
export interface SessionRow {
  readonly user_id: string;
  readonly started_ms: number;
  /** End of the last play, or the last event. */
  readonly ended_ms: number;
  readonly utc_offset_min: number | null;
  readonly time_zone: string;
  readonly device_ms: Readonly<Record<string, number>>;
  readonly surface_ms: Readonly<Record<string, number>>;
  readonly plays: number;
  readonly listens: number;
  readonly played_ms: number;
  readonly skips: number;
  /** Skips before 30 seconds. */
  readonly early_skips: number;
  readonly items: number;
  /** Likes, saves, follows, additions to playlists and queues, shares. */
  readonly kept: number;
  /** Additions to playlists, saves and follows: what goes into the listener's own collection. */
  readonly added: number;
  /** Dislikes and hides. */
  readonly refused: number;
  readonly opened: number;
  readonly actions: number;
  readonly searches: number;
  readonly impressions: number;
  /** Impressions of which at least half was visible for a second. */
  readonly examined: number;
  readonly turns: number;
  /** How often an event was followed by one on another device. */
  readonly hand_offs: number;
  readonly sleep_timer: boolean;
  readonly shuffled: number;
  readonly first_play_ms: number | null;
  readonly first_item: string;
  readonly last_item: string;
  /** The last item was heard to nine tenths or ended by itself. */
  readonly last_finished: boolean;
  readonly last_reason_end: string;
  readonly early: readonly EarlyPlay[];
}
