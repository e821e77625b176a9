import { defineQuery } from '../define-query.ts';
import { IS_LISTEN } from './listen-rule.ts';

export const itemListeners = defineQuery<
  Record<string, never>,
  { readonly item_id: string; readonly listeners: number }
>({
  name: 'item_listeners',
  description: 'How many listeners each item has, everyone counted: those with at least one listen or tallied play.',
  grain: 'item',
  sql: `
WITH
audience AS
(
    SELECT item_id, user_id
    FROM play
    WHERE ${IS_LISTEN}
    UNION ALL
    SELECT item_id, user_id
    FROM tally
)
SELECT item_id, uniqExact(user_id) AS listeners
FROM audience
GROUP BY item_id
ORDER BY item_id`,
  columns: { item_id: 'String', listeners: 'UInt64' },
  example: {},
});
