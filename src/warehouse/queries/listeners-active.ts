import { defineQuery } from '../define-query.ts';

const SOURCES = ['play', 'action', 'impression', 'search', 'dialogue'];

export const listenersActive = defineQuery<
  { readonly from: string; readonly to: string; readonly limit: number },
  { readonly user_id: string }
>({
  name: 'listeners_active',
  description: 'Listeners of whom something happened in [from, to), those with the latest first.',
  grain: 'user',
  sql: `
SELECT user_id
FROM
(${SOURCES.map(
    (table) => `
    SELECT user_id, max(at) AS last_at FROM ${table} WHERE at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')} GROUP BY user_id`,
  ).join('\n    UNION ALL')}
)
GROUP BY user_id
ORDER BY max(last_at) DESC, user_id
LIMIT {limit:UInt32}`,
  columns: { user_id: 'String' },
  example: { from: '2026-01-01 00:00:00.000', to: '2026-02-01 00:00:00.000', limit: 100 },
});
