import { defineQuery } from '../define-query.ts';

export const userRanges = defineQuery<
  { readonly plays: number },
  { readonly from_user: string; readonly plays: number }
>({
  name: 'user_ranges',
  description:
    'Ranges of users, in the order of their ids, with about so many plays each: the first user of each. Tables are ' +
    'ordered by user, so a range reads its own part alone.',
  grain: 'range of users',
  sql: `
SELECT min(user_id) AS from_user, sum(user_plays) AS plays
FROM
(
    SELECT
        user_id,
        user_plays,
        intDiv(sum(user_plays) OVER (ORDER BY user_id ROWS UNBOUNDED PRECEDING) - user_plays, {plays:UInt64}) AS range_number
    FROM
    (
        SELECT user_id, count() AS user_plays
        FROM play
        GROUP BY user_id
    )
)
GROUP BY range_number
ORDER BY from_user`,
  columns: { from_user: 'String', plays: 'UInt64' },
  example: { plays: 1000 },
});
