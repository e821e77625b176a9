import { defineQuery } from '../define-query.ts';

export const playsSince = defineQuery<{ readonly since: string }, { readonly plays: number }>({
  name: 'plays_since',
  description: 'Plays and tallies that were taken in after a moment: what models made at that moment have not seen.',
  grain: 'the whole',
  sql: `
SELECT count() AS plays
FROM
(
    SELECT received_at FROM play
    UNION ALL SELECT received_at FROM tally
)
WHERE received_at > {since:DateTime64(3, 'UTC')}`,
  columns: { plays: 'UInt64' },
  example: { since: '2026-11-24 06:00:00.000' },
});
