import { defineQuery } from '../define-query.ts';

export const derivedRows = defineQuery<
  { readonly user_id: string },
  { readonly name: string; readonly row_count: number }
>({
  name: 'derived_rows',
  description: 'How many rows made from the events of a user there are, by table; tables without any are left out.',
  grain: 'derived table',
  sql: `
SELECT name, row_count
FROM
(
    SELECT 'session' AS name, count() AS row_count FROM session WHERE user_id = {user_id:String}
    UNION ALL SELECT 'user_day', count() FROM user_day WHERE user_id = {user_id:String}
)
WHERE row_count > 0
ORDER BY name`,
  columns: { name: 'String', row_count: 'UInt64' },
  example: { user_id: 'u1' },
});
