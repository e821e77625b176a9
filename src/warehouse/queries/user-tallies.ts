import { defineQuery } from '../define-query.ts';

export const userTallies = defineQuery<
  { readonly user_id: string; readonly before: number },
  { readonly item_id: string; readonly plays: number; readonly at: string }
>({
  name: 'user_tallies',
  description:
    'Play counts of a listener whose single plays are not known; several counts of one item add up. Of what the journal had before a sequence.',
  grain: 'user × item',
  sql: `
SELECT item_id, sum(tally.plays) AS plays, max(tally.at) AS at
FROM tally
WHERE user_id = {user_id:String} AND sequence < {before:UInt64}
GROUP BY item_id
ORDER BY plays DESC, item_id`,
  columns: { item_id: 'String', plays: 'UInt64', at: "DateTime64(3, 'UTC')" },
  example: { user_id: 'u1', before: 1000 },
});
