import { defineQuery } from '../define-query.ts';
import { SLATE_COLUMNS, type SlateRow } from './slate-columns.ts';

export const userSlatesRecent = defineQuery<
  {
    readonly user_id: string;
    readonly surfaces: readonly string[];
    /** Beside each surface the moment from which on its slates are wanted. */
    readonly since: readonly string[];
    /** Of each surface. */
    readonly limit: number;
  },
  SlateRow
>({
  name: 'user_slates_recent',
  description:
    'The last slates of a listener on some surfaces, for each from a moment of its own on, newest first, without their candidates.',
  grain: 'slate',
  sql: `
SELECT
    event_id, user_id, at, received_at, utc_offset_min, time_zone, session_id, device, app, slate_id, surface, context,
    policy, model, seed, exploration, log_propensity, fallback, shelves, cards, filtered, extra
FROM slate
WHERE user_id = {user_id:String}
    AND at >= arrayMin({since:Array(DateTime64(3, 'UTC'))})
    AND surface IN {surfaces:Array(String)}
    AND at >= {since:Array(DateTime64(3, 'UTC'))}[indexOf({surfaces:Array(String)}, surface)]
ORDER BY at DESC, event_id DESC
LIMIT {limit:UInt32} BY surface`,
  columns: SLATE_COLUMNS,
  example: {
    user_id: 'u1',
    surfaces: ['home', 'weekly_discovery'],
    since: ['2026-10-31 18:00:00.000', '2026-10-01 00:00:00.000'],
    limit: 4,
  },
});
