/** What became of one row of an export. Each row has exactly one outcome, so that the report's counts add up. */

import type { FieldError } from '#domain';

/** Reasons for which a row that was understood is left out. */
export type DropReason =
  /** The same play again: same recording, end and length. */
  | 'duplicate'
  /** The same play again under another time: same recording and length, overlapping in time. */
  | 'duplicate_other_time'
  /** Listened to in a private session. */
  | 'incognito'
  | 'unsupported_audiobook'
  /** Neither a track nor an episode is named. */
  | 'unnamed'
  /** The service did not know when: no time, or the day zero of its clock. */
  | 'no_time'
  /** A pin is a note on a profile, not a play. */
  | 'pinned_recording'
  /** Love or hate for a recording that no listen of the export names. */
  | 'feedback_without_listen'
  /** Love or hate taken back. */
  | 'feedback_neutral';

/** Things worth knowing about rows that were kept. */
export type RowNote =
  /** Begins more than a second before the row before it ended. */
  | 'overlapping'
  /** Ended before the row before it, so overlaps cannot be told here. */
  | 'out_of_order'
  /** Told from the reason for which the play ended, in the years when the flag was always false. */
  | 'skipped_inferred'
  | 'skipped_unknown'
  /** The device's own clock gave a better start than end minus length. */
  | 'start_from_offline_timestamp'
  /** Played offline, and the device's clock does not fit the end and length: those were used. */
  | 'offline_time_unclear'
  /** The time is known to the minute only. */
  | 'minute_precision'
  /** The export names no time zone: taken as UTC. */
  | 'assumed_utc'
  /** A count without a time, dated by its file. */
  | 'tally_at_file_time';

/** One event as `parseEvent` reads it. */
export interface WireEvent {
  readonly type: 'play' | 'tally' | 'action';
  readonly event_id: string;
  readonly user_id: string;
  readonly at: number;
  readonly [field: string]: unknown;
}

/** One item as `parseItem` reads it. */
export interface WireItem {
  readonly item_id: string;
  readonly title: string;
  readonly external_ids?: readonly string[];
  readonly [field: string]: unknown;
}

export type RowOutcome =
  | {
      readonly kind: 'event';
      readonly wire: WireEvent;
      readonly item?: WireItem;
      readonly notes?: readonly RowNote[];
    }
  | { readonly kind: 'item'; readonly wire: WireItem }
  | { readonly kind: 'dropped'; readonly reason: DropReason }
  | { readonly kind: 'refused'; readonly fields: readonly FieldError[] };

export const dropped = (reason: DropReason): RowOutcome => ({ kind: 'dropped', reason });

export const refused = (field: string, reason: string): RowOutcome => ({
  kind: 'refused',
  fields: [{ field, reason }],
});

/** The object without its undefined members: an absent field is unknown. */
export const known = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } => {
  const kept: Record<string, unknown> = {};
  for (const field in fields) if (fields[field] !== undefined) kept[field] = fields[field];
  return kept as never;
};
