import { defineQuery } from '../define-query.ts';

export interface UserActionRow {
  readonly event_id: string;
  readonly at: string;
  readonly received_at: string;
  readonly action: string;
  readonly item_id: string | null;
  readonly surface: string | null;
  readonly slate_id: string | null;
  readonly shelf: string | null;
  readonly slot: number | null;
  readonly setting: string | null;
  /** As text, also where a number was sent. */
  readonly value: string | null;
  readonly time_zone: string | null;
  readonly utc_offset_min: number | null;
}

export const userActions = defineQuery<{ readonly user_id: string; readonly limit: number }, UserActionRow>({
  name: 'user_actions',
  description: "A listener's likes, hides and other actions, newest first.",
  grain: 'action',
  sql: `
SELECT event_id, at, received_at, action, item_id, surface, slate_id, shelf, slot, setting, value, time_zone, utc_offset_min
FROM action
WHERE user_id = {user_id:String}
ORDER BY at DESC, event_id DESC
LIMIT {limit:UInt32}`,
  columns: {
    event_id: 'String',
    at: "DateTime64(3, 'UTC')",
    received_at: "DateTime64(3, 'UTC')",
    action: 'LowCardinality(String)',
    item_id: 'Nullable(String)',
    surface: 'LowCardinality(Nullable(String))',
    slate_id: 'Nullable(String)',
    shelf: 'LowCardinality(Nullable(String))',
    slot: 'Nullable(UInt32)',
    setting: 'Nullable(String)',
    value: 'Nullable(String)',
    time_zone: 'LowCardinality(Nullable(String))',
    utc_offset_min: 'Nullable(Int16)',
  },
  example: { user_id: 'u1', limit: 1000 },
});
