import { defineQuery } from '../define-query.ts';

export interface PoolRow {
  readonly pool_id: string;
  readonly title: string | null;
  readonly purpose: string | null;
  readonly items: readonly string[];
  readonly at: string;
}

export const pools = defineQuery<Record<string, never>, PoolRow>({
  name: 'pools',
  description: 'Editorial pools as they stand: the last change of each, unless it removed the pool.',
  grain: 'pool',
  sql: `
SELECT pool_id, title, purpose, items, at
FROM
(
    SELECT pool_id, change, title, purpose, items, at
    FROM editor
    ORDER BY at DESC, sequence DESC
    LIMIT 1 BY pool_id
)
WHERE change = 'put'
ORDER BY pool_id`,
  columns: {
    pool_id: 'String',
    title: 'Nullable(String)',
    purpose: 'Nullable(String)',
    items: 'Array(String)',
    at: "DateTime64(3, 'UTC')",
  },
  example: {},
});
