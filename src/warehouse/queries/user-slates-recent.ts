import { defineQuery } from '../define-query.ts';
import { SLATE_COLUMNS, type SlateRow } from './slate-columns.ts';

export const userSlatesRecent = defineQuery<
  { readonly user_id: string; readonly surfaces: readonly string[]; readonly since: string; readonly limit: number },
  SlateRow
>({
  name: 'user_slates_recent',
  description: 'The last slates of a listener on some surfaces, newest first, without their candidates.',
  grain: 'slate',
  sql: `
SELECT
    event_id, user_id, at, received_at, utc_offset_min, time_zone, session_id, device, app, slate_id, surface, context,
    policy, model, seed, exploration, log_propensity, fallback, shelves, cards, filtered, extra
FROM slate
WHERE user_id = {user_id:String}
    AND surface IN {surfaces:Array(String)}
    AND at >= {since:DateTime64(3, 'UTC')}
ORDER BY at DESC, event_id DESC
LIMIT {limit:UInt32}`,
  columns: SLATE_COLUMNS,
  example: { user_id: 'u1', surfaces: ['weekly_discovery'], since: '2026-10-01 00:00:00.000', limit: 4 },
});
