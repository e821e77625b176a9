import { type AbsenceCounts, USER_GROUPS } from '#metrics';
import { defineQuery } from '../define-query.ts';
import { AWAY_HOURS, LOCAL_END_MS } from './absence-clock.ts';
import { CELL_COLUMNS, CELLS, type CellParams, type CellRow, SESSION_LIVES } from './metric-cells.ts';

export interface MetricAbsenceRow extends CellRow, AbsenceCounts {
  readonly user_group: number;
  readonly users: number;
}

/** Lengths are rounded up to a quarter of an hour in the first two days, to hours in the first four weeks, then to days. */
const LENGTH =
  'if(away_hours < 48, ceil(away_hours * 4) / 4, if(away_hours < 672, ceil(away_hours), ceil(away_hours / 24) * 24))';

export const metricAbsences = defineQuery<
  CellParams & {
    readonly from: string;
    readonly to: string;
    readonly until: string;
    /** Of the 24 hours of the day, for active hours; none for plain ones. */
    readonly weights: readonly number[];
  },
  MetricAbsenceRow
>({
  name: 'metric_absences',
  description:
    'How long users stayed away after sessions: by length in hours, how many absences ended in a return and how many were ' +
    'still going on when observation ended (until); with weights of the hours of the day in active hours. Users are dealt into groups by a hash, for the jackknife.',
  grain: 'cell × group of users',
  sql: `
WITH${SESSION_LIVES},
absence AS
(
    SELECT
        user_id,
        ${CELLS},
        greatest(
            0,
            toUnixTimestamp64Milli(if(has_next, next_at, {until:DateTime64(3, 'UTC')})) - toUnixTimestamp64Milli(ended_at)
        ) AS away_ms,
        ${LOCAL_END_MS} AS local_ms,
        ${AWAY_HOURS} AS away_hours,
        ${LENGTH} AS away,
        toUInt64(has_next) AS came_back
    FROM life
    WHERE at >= {from:Date} AND at < {to:Date}
),
counted AS
(
    SELECT
        cell_surface,
        cell_intent,
        cell_device,
        cityHash64(user_id) % ${USER_GROUPS} AS user_group,
        away,
        uniqExactState(user_id) AS away_users,
        sum(came_back) AS returned,
        count() - returned AS censored
    FROM absence
    GROUP BY cell_surface, cell_intent, cell_device, user_group, away
),
sorted AS
(
    SELECT
        cell_surface,
        cell_intent,
        cell_device,
        user_group,
        uniqExactMerge(away_users) AS users,
        arraySort(groupArray((away, returned, censored))) AS lengths
    FROM counted
    GROUP BY cell_surface, cell_intent, cell_device, user_group
)
SELECT
    cell_surface,
    cell_intent,
    cell_device,
    user_group,
    users,
    lengths.1 AS hours,
    lengths.2 AS returned,
    lengths.3 AS censored
FROM sorted
ORDER BY cell_surface, cell_intent, cell_device, user_group`,
  columns: {
    ...CELL_COLUMNS,
    user_group: 'UInt8',
    users: 'UInt64',
    hours: 'Array(Float64)',
    returned: 'Array(UInt64)',
    censored: 'Array(Int64)',
  },
  example: {
    from: '2026-01-01',
    to: '2026-02-01',
    until: '2026-03-01 00:00:00.000',
    weights: Array.from({ length: 24 }, (_, hour) => (hour < 8 ? 0 : 1.5)),
    by_surface: false,
    by_intent: true,
    by_device: true,
  },
});
