import { defineQuery } from '../define-query.ts';

export const activeDays = defineQuery<
  { readonly since: string; readonly until: string },
  { readonly user_id: string; readonly day: number }
>({
  name: 'active_days',
  description: 'Days (UTC, since 1970) on which each user played something, from a time up to another.',
  grain: 'user × day',
  sql: `
SELECT user_id, toUInt32(toRelativeDayNum(at, 'UTC')) AS day
FROM play
WHERE at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}
GROUP BY user_id, day
ORDER BY user_id, day`,
  columns: { user_id: 'String', day: 'UInt32' },
  example: { since: '2026-01-01 00:00:00.000', until: '2026-06-01 00:00:00.000' },
});
