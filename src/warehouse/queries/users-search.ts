import { defineQuery } from '../define-query.ts';

export const usersSearch = defineQuery<
  { readonly prefix: string; readonly limit: number },
  { readonly user_id: string; readonly plays: number; readonly last_at: string | null }
>({
  name: 'users_search',
  description: 'Listeners whose id begins with a text, most plays first; last_at is their last single play.',
  grain: 'user',
  sql: `
WITH
trace AS
(
    SELECT user_id, count() AS plays, max(at) AS last_at
    FROM play
    WHERE startsWith(user_id, {prefix:String})
    GROUP BY user_id
    UNION ALL
    SELECT user_id, sum(tally.plays), NULL
    FROM tally
    WHERE startsWith(user_id, {prefix:String})
    GROUP BY user_id
)
SELECT user_id, sum(trace.plays) AS plays, max(trace.last_at) AS last_at
FROM trace
GROUP BY user_id
ORDER BY plays DESC, user_id
LIMIT {limit:UInt32}`,
  columns: { user_id: 'String', plays: 'UInt64', last_at: "Nullable(DateTime64(3, 'UTC'))" },
  example: { prefix: '', limit: 50 },
});
