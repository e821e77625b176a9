import { defineQuery } from '../define-query.ts';

export interface SessionHourRow {
  readonly hour: number;
  readonly sessions: number;
}

export const sessionHours = defineQuery<{ readonly until: string }, SessionHourRow>({
  name: 'session_hours',
  description: 'At which hour of their own clocks listeners began sessions, before a moment.',
  grain: 'hour of the day',
  sql: `
SELECT
    toUInt8(local_hour) AS hour,
    sum(sign) AS sessions
FROM session
WHERE at < {until:DateTime64(3, 'UTC')}
GROUP BY hour
HAVING sessions > 0
ORDER BY hour`,
  columns: { hour: 'UInt8', sessions: 'Int64' },
  example: { until: '2026-03-01 00:00:00.000' },
});
