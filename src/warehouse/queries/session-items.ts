import { defineQuery } from '../define-query.ts';
import { IS_LISTEN } from './listen-rule.ts';

export const sessionItems = defineQuery<
  { readonly gap_ms: number; readonly sample_permille: number },
  { readonly user_id: string; readonly started_at: string; readonly items: readonly string[] }
>({
  name: 'session_items',
  description:
    'Items listened to one after another: a session ends where nothing begins for longer than gap_ms (usually 30 min). ' +
    'Sessions of one item are left out, since nothing was listened to beside it.',
  grain: 'user × session',
  sql: `
WITH
user_play AS
(
    SELECT
        user_id,
        arraySort(groupArray((at, event_id, item_id))) AS plays,
        arrayDifference(arrayMap(play -> toUnixTimestamp64Milli(play.1), plays)) AS gaps_ms
    FROM play
    WHERE ${IS_LISTEN}
        AND cityHash64(user_id) % 1000 < {sample_permille:UInt32}
    GROUP BY user_id
),
session AS
(
    SELECT
        user_id,
        arrayJoin(arraySplit((play, gap_ms) -> gap_ms > {gap_ms:UInt32}, plays, gaps_ms)) AS session_plays
    FROM user_play
)
SELECT
    user_id,
    session_plays[1].1 AS started_at,
    arrayMap(play -> play.3, session_plays) AS items
FROM session
WHERE length(session_plays) > 1
ORDER BY user_id, started_at`,
  columns: { user_id: 'String', started_at: "DateTime64(3, 'UTC')", items: 'Array(String)' },
  example: { gap_ms: 1_800_000, sample_permille: 1000 },
});
