import { defineQuery } from '../define-query.ts';

export interface EngagementLifeRow {
  readonly week: string;
  readonly stage: 'new' | 'engaged' | 're_engaged' | 'resting' | 'dormant' | 'churned';
  readonly users: number;
}

export const engagementLife = defineQuery<{ readonly from: string; readonly to: string }, EngagementLifeRow>({
  name: 'engagement_life',
  description:
    'The life cycle of engagement by week (Monday, UTC): new in the week of the first session; engaged when active again ' +
    'within four weeks, re_engaged when active after more; resting when not active, dormant after four weeks without a ' +
    'session, churned after twelve.',
  grain: 'week × stage',
  sql: `
WITH
user_weeks AS
(
    SELECT
        user_id,
        arraySort(groupUniqArray(toRelativeWeekNum(toMonday(day)))) AS active
    FROM user_day FINAL
    WHERE user_day.sessions > 0 AND day < {to:Date}
    GROUP BY user_id
),
user_week AS
(
    SELECT
        active,
        arrayJoin(range(toUInt32(active[1]), toUInt32(toRelativeWeekNum(toMonday({to:Date} - 1)) + 1))) AS week_number,
        has(active, week_number) AS is_active,
        arrayLast(one -> one < week_number, active) AS before
    FROM user_weeks
),
staged AS
(
    SELECT
        week_number,
        multiIf(
            week_number = active[1], 'new',
            is_active AND week_number - before <= 4, 'engaged',
            is_active, 're_engaged',
            week_number - before <= 4, 'resting',
            week_number - before <= 12, 'dormant',
            'churned') AS stage
    FROM user_week
)
SELECT
    toString(toMonday({to:Date} - 1) - toIntervalWeek(toRelativeWeekNum(toMonday({to:Date} - 1)) - week_number)) AS week,
    stage,
    count() AS users
FROM staged
WHERE week >= toString(toMonday({from:Date}))
GROUP BY week, stage
ORDER BY week, stage`,
  columns: { week: 'String', stage: 'String', users: 'UInt64' },
  example: { from: '2026-01-01', to: '2026-02-01' },
});
