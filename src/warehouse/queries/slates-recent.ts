import { defineQuery } from '../define-query.ts';

export interface SlateSummaryRow {
  readonly slate_id: string;
  readonly user_id: string;
  readonly surface: string;
  readonly at: string;
  readonly cards: number;
  readonly explored: number;
  readonly fallback: string | null;
  readonly model: string;
}

export const slatesRecent = defineQuery<
  { readonly user_id: string; readonly surface: string; readonly before: string; readonly limit: number },
  SlateSummaryRow
>({
  name: 'slates_recent',
  description: 'The decision log, newest first. An empty user or surface means any.',
  grain: 'slate',
  sql: `
SELECT
    slate_id,
    user_id,
    surface,
    at,
    length(placed) AS cards,
    arrayCount(card -> card.explored, placed) AS explored,
    fallback,
    model
FROM slate
WHERE ({user_id:String} = '' OR user_id = {user_id:String})
    AND ({surface:String} = '' OR surface = {surface:String})
    AND at < {before:DateTime64(3, 'UTC')}
ORDER BY at DESC, slate_id DESC
LIMIT {limit:UInt32}`,
  columns: {
    slate_id: 'String',
    user_id: 'String',
    surface: 'LowCardinality(String)',
    at: "DateTime64(3, 'UTC')",
    cards: 'UInt64',
    explored: 'UInt32',
    fallback: 'LowCardinality(Nullable(String))',
    model: 'LowCardinality(String)',
  },
  example: { user_id: '', surface: 'home', before: '2030-01-01 00:00:00.000', limit: 50 },
});
