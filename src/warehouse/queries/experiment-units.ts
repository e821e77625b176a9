import { defineQuery } from '../define-query.ts';
import {
  UNIT_WINDOW_COLUMNS,
  UNIT_WINDOW_EXAMPLE,
  UNIT_WINDOW_SUMS,
  UNIT_WINDOWS,
  type UnitWindowParams,
  type UnitWindowRow,
} from './unit-windows-sql.ts';

export interface ExperimentUnitRow extends UnitWindowRow {
  readonly unit: string;
  readonly arm: string;
  readonly arms: number;
  readonly exposed: boolean;
  readonly exposed_ms: number;
  /** When the user's next unit of the experiment began; after all time when there is none. */
  readonly next_ms: number;
  /** Of the exposure; empty when it does not say. */
  readonly device: string;
}

export const experimentUnits = defineQuery<
  UnitWindowParams & { readonly experiment: string; readonly since: string },
  ExperimentUnitRow
>({
  name: 'experiment_units',
  description:
    'Units of an experiment with arm and first exposure, and sums of the sessions of their users in windows around it. A ' +
    "unit ends where the user's next one begins.",
  grain: 'unit × user × window',
  sql: `
WITH
entry AS
(
    SELECT user_id, arm, at, exposed, ifNull(device, '') AS on_device, JSONExtractString(extra, 'unit') AS named_unit
    FROM assignment
    WHERE experiment = {experiment:String} AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}
),
named AS
(
    SELECT
        if(named_unit = '', user_id, named_unit) AS unit_id,
        user_id,
        argMin(arm, at) AS first_arm,
        uniqExact(arm) AS arm_count,
        max(exposed) AS was_exposed,
        minIf(at, exposed) AS moment,
        argMinIf(on_device, at, exposed) AS first_device
    FROM entry
    GROUP BY unit_id, user_id
),
unit AS
(
    SELECT
        unit_id,
        user_id,
        first_arm,
        arm_count,
        was_exposed,
        moment,
        first_device,
        if(
            count() OVER later > 1,
            leadInFrame(moment) OVER later,
            toDateTime64('2200-01-01 00:00:00.000', 3, 'UTC')
        ) AS next_moment
    FROM named
    WINDOW later AS (
        PARTITION BY user_id ORDER BY moment, unit_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    )
),${UNIT_WINDOWS},
did AS
(
    SELECT
        span.unit_id AS unit_id,
        span.user_id AS user_id,
        span.place AS place,${UNIT_WINDOW_SUMS.replaceAll('\n', '\n    ')}
    FROM span
    LEFT JOIN life ON life.user_id = span.user_id
    GROUP BY unit_id, user_id, place
)
SELECT
    unit.unit_id AS unit,
    unit.first_arm AS arm,
    unit.arm_count AS arms,
    unit.was_exposed AS exposed,
    toUnixTimestamp64Milli(unit.moment) AS exposed_ms,
    toUnixTimestamp64Milli(unit.next_moment) AS next_ms,
    unit.first_device AS device,
    unit.user_id AS user_id,
    did.place AS place,
    did.sums AS sums,
    did.active_days AS active_days,
    did.judged AS judged,
    did.returned AS returned,
    did.gaps AS gaps
FROM unit
INNER JOIN did ON did.unit_id = unit.unit_id AND did.user_id = unit.user_id
ORDER BY unit, user_id, place`,
  columns: {
    unit: 'String',
    arm: 'String',
    arms: 'UInt64',
    exposed: 'Bool',
    exposed_ms: 'Int64',
    next_ms: 'Int64',
    device: 'String',
    ...UNIT_WINDOW_COLUMNS,
  },
  example: { experiment: 'x', since: '2020-01-01 00:00:00.000', ...UNIT_WINDOW_EXAMPLE },
});
