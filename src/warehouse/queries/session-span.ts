import { defineQuery } from '../define-query.ts';

export const sessionSpan = defineQuery<
  Record<string, never>,
  {
    readonly first_at: string | null;
    readonly last_at: string | null;
    readonly sessions: number;
    readonly users: number;
  }
>({
  name: 'session_span',
  description: 'The time that sessions span: first_at the beginning of the first, last_at the latest end.',
  grain: 'the whole',
  sql: `
SELECT
    minOrNull(at) AS first_at,
    maxOrNull(ended_at) AS last_at,
    count() AS sessions,
    uniqExact(user_id) AS users
FROM session FINAL`,
  columns: {
    first_at: "Nullable(DateTime64(3, 'UTC'))",
    last_at: "Nullable(DateTime64(3, 'UTC'))",
    sessions: 'UInt64',
    users: 'UInt64',
  },
  example: {},
});
