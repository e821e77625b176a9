import { defineQuery } from '../define-query.ts';
import { UNIT_METRIC_COLUMNS, UNIT_METRICS_SQL, type UnitMetricsRow } from './unit-metrics-sql.ts';

export interface ExperimentUnitRow extends UnitMetricsRow {
  readonly unit: string;
  readonly user_id: string;
  readonly arm: string;
  readonly arms: number;
  readonly exposed: boolean;
  readonly exposed_ms: number;
}

export const experimentUnits = defineQuery<
  {
    readonly experiment: string;
    readonly since: string;
    readonly until: string;
    readonly window_ms: number;
  },
  ExperimentUnitRow
>({
  name: 'experiment_units',
  description:
    'Units of an experiment with arm, first exposure, and what their users played in the window after it and in the 28 days before.',
  grain: 'unit × user',
  sql: `
WITH
entry AS
(
    SELECT user_id, arm, at, exposed, JSONExtractString(extra, 'unit') AS named_unit
    FROM assignment
    WHERE experiment = {experiment:String} AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}
),
unit AS
(
    SELECT
        if(named_unit = '', user_id, named_unit) AS unit_id,
        user_id,
        argMin(arm, at) AS first_arm,
        uniqExact(arm) AS arm_count,
        max(exposed) AS was_exposed,
        minIf(at, exposed) AS from,
        least(from + toIntervalMillisecond({window_ms:UInt64}), {until:DateTime64(3, 'UTC')}) AS to
    FROM entry
    GROUP BY unit_id, user_id
)
SELECT
    unit.unit_id AS unit,
    unit.user_id AS user_id,
    any(unit.first_arm) AS arm,
    any(unit.arm_count) AS arms,
    any(unit.was_exposed) AS exposed,
    toUnixTimestamp64Milli(any(unit.from)) AS exposed_ms,${UNIT_METRICS_SQL}
FROM unit
LEFT JOIN play ON play.user_id = unit.user_id
GROUP BY unit, user_id
ORDER BY unit, user_id`,
  columns: {
    unit: 'String',
    user_id: 'String',
    arm: 'String',
    arms: 'UInt64',
    exposed: 'Bool',
    exposed_ms: 'Int64',
    ...UNIT_METRIC_COLUMNS,
  },
  example: {
    experiment: 'x',
    since: '2020-01-01 00:00:00.000',
    until: '2030-01-01 00:00:00.000',
    window_ms: 1_209_600_000,
  },
});
