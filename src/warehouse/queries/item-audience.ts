import { defineQuery } from '../define-query.ts';
import { IS_LISTEN } from './listen-rule.ts';

export const itemAudience = defineQuery<
  { readonly item_id: string },
  { readonly listeners: number; readonly plays: number }
>({
  name: 'item_audience',
  description: 'Who an item reaches: listeners with at least one listen or tallied play, and all plays of it.',
  grain: 'item',
  sql: `
WITH
user_trace AS
(
    SELECT user_id, count() AS plays, sum(${IS_LISTEN}) AS listens
    FROM play
    WHERE item_id = {item_id:String}
    GROUP BY user_id
    UNION ALL
    SELECT user_id, sum(tally.plays), sum(tally.plays)
    FROM tally
    WHERE item_id = {item_id:String}
    GROUP BY user_id
)
SELECT
    uniqExactIf(user_id, listens > 0) AS listeners,
    sum(user_trace.plays) AS plays
FROM user_trace`,
  columns: { listeners: 'UInt64', plays: 'UInt64' },
  example: { item_id: 'track:a' },
});
