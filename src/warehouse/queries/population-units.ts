import { defineQuery } from '../define-query.ts';
import { UNIT_METRIC_COLUMNS, UNIT_METRICS_SQL, type UnitMetricsRow } from './unit-metrics-sql.ts';

export const populationUnits = defineQuery<
  { readonly from: string; readonly window_ms: number },
  UnitMetricsRow & { readonly user_id: string }
>({
  name: 'population_units',
  description:
    'What each user who was active in the 28 days before a moment played before and in the window after it: the variance that an experiment begun then would have met.',
  grain: 'user',
  sql: `
WITH
unit AS
(
    SELECT
        user_id,
        {from:DateTime64(3, 'UTC')} AS from,
        from + toIntervalMillisecond({window_ms:UInt64}) AS to
    FROM play
    WHERE at < {from:DateTime64(3, 'UTC')} AND at >= {from:DateTime64(3, 'UTC')} - INTERVAL 28 DAY
    GROUP BY user_id
)
SELECT
    unit.user_id AS user_id,${UNIT_METRICS_SQL}
FROM unit
LEFT JOIN play ON play.user_id = unit.user_id
GROUP BY user_id
ORDER BY user_id`,
  columns: { user_id: 'String', ...UNIT_METRIC_COLUMNS },
  example: { from: '2025-01-01 00:00:00.000', window_ms: 1_209_600_000 },
});
