import { defineQuery } from '../define-query.ts';

export interface UserEventRow {
  readonly event_id: string;
  readonly item_id: string;
  readonly at: string;
  readonly received_at: string;
  readonly ms_played: number | null;
  readonly duration_ms: number | null;
  readonly skipped: boolean | null;
  readonly reason_start: string | null;
  readonly reason_end: string | null;
  readonly source: string | null;
  readonly user_initiated: boolean | null;
  readonly session_id: string | null;
  readonly device: string | null;
  readonly time_zone: string | null;
  readonly utc_offset_min: number | null;
  readonly slate_id: string | null;
  readonly shelf: string | null;
  readonly slot: number | null;
}

export const userEvents = defineQuery<{ readonly user_id: string; readonly limit: number }, UserEventRow>({
  name: 'user_events',
  description: "A listener's plays, newest first: what user state is built from.",
  grain: 'play',
  sql: `
SELECT
    event_id, item_id, at, received_at, ms_played, duration_ms, skipped, reason_start, reason_end, source, user_initiated,
    session_id, device, time_zone, utc_offset_min, slate_id, shelf, slot
FROM play
WHERE user_id = {user_id:String}
ORDER BY at DESC, event_id DESC
LIMIT {limit:UInt32}`,
  columns: {
    event_id: 'String',
    item_id: 'String',
    at: "DateTime64(3, 'UTC')",
    received_at: "DateTime64(3, 'UTC')",
    ms_played: 'Nullable(UInt32)',
    duration_ms: 'Nullable(UInt32)',
    skipped: 'Nullable(Bool)',
    reason_start: 'LowCardinality(Nullable(String))',
    reason_end: 'LowCardinality(Nullable(String))',
    source: 'LowCardinality(Nullable(String))',
    user_initiated: 'Nullable(Bool)',
    session_id: 'Nullable(String)',
    device: 'LowCardinality(Nullable(String))',
    time_zone: 'LowCardinality(Nullable(String))',
    utc_offset_min: 'Nullable(Int16)',
    slate_id: 'Nullable(String)',
    shelf: 'LowCardinality(Nullable(String))',
    slot: 'Nullable(UInt32)',
  },
  example: { user_id: 'u1', limit: 1000 },
});
