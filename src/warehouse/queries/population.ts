import { defineQuery } from '../define-query.ts';

export const population = defineQuery<
  Record<string, never>,
  { readonly listeners: number; readonly items: number; readonly items_played: number }
>({
  name: 'population',
  description: 'How many listeners have played or done anything, how many items are known, and how many were played.',
  grain: 'the whole',
  sql: `
SELECT
    (
        SELECT uniqExact(user_id)
        FROM
        (
            SELECT user_id FROM play
            UNION ALL SELECT user_id FROM tally
            UNION ALL SELECT user_id FROM action
        )
    ) AS listeners,
    (SELECT uniqExact(item_id) FROM item) AS items,
    (
        SELECT uniqExact(item_id)
        FROM
        (
            SELECT item_id FROM play
            UNION ALL SELECT item_id FROM tally
        )
    ) AS items_played`,
  columns: { listeners: 'UInt64', items: 'UInt64', items_played: 'UInt64' },
  example: {},
});
