import { defineQuery } from '../define-query.ts';

export interface OverviewRow {
  readonly kind: string;
  readonly row_count: number;
  readonly first_at: string | null;
  readonly last_at: string | null;
}

export const overview = defineQuery<Record<string, never>, OverviewRow>({
  name: 'overview',
  description:
    'What is in here: rows of each table and the time they span; times of items are those of their versions.',
  grain: 'table',
  sql: `
SELECT kind, row_count, first_at, last_at
FROM
(
    SELECT 'slate' AS kind, count() AS row_count, minOrNull(at) AS first_at, maxOrNull(at) AS last_at FROM slate
    UNION ALL SELECT 'impression', count(), minOrNull(at), maxOrNull(at) FROM impression
    UNION ALL SELECT 'play', count(), minOrNull(at), maxOrNull(at) FROM play
    UNION ALL SELECT 'tally', count(), minOrNull(at), maxOrNull(at) FROM tally
    UNION ALL SELECT 'action', count(), minOrNull(at), maxOrNull(at) FROM action
    UNION ALL SELECT 'search', count(), minOrNull(at), maxOrNull(at) FROM search
    UNION ALL SELECT 'dialogue', count(), minOrNull(at), maxOrNull(at) FROM dialogue
    UNION ALL SELECT 'survey', count(), minOrNull(at), maxOrNull(at) FROM survey
    UNION ALL SELECT 'assignment', count(), minOrNull(at), maxOrNull(at) FROM assignment
    UNION ALL SELECT 'editor', count(), minOrNull(at), maxOrNull(at) FROM editor
    UNION ALL SELECT 'item', count(), minOrNull(updated_at), maxOrNull(updated_at) FROM item
)
ORDER BY kind`,
  columns: {
    kind: 'String',
    row_count: 'UInt64',
    first_at: "Nullable(DateTime64(3, 'UTC'))",
    last_at: "Nullable(DateTime64(3, 'UTC'))",
  },
  example: {},
});
