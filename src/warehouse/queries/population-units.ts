import { defineQuery } from '../define-query.ts';
import {
  UNIT_WINDOW_COLUMNS,
  UNIT_WINDOW_EXAMPLE,
  UNIT_WINDOW_SUMS,
  UNIT_WINDOWS,
  type UnitWindowParams,
  type UnitWindowRow,
} from './unit-windows-sql.ts';

export const populationUnits = defineQuery<UnitWindowParams & { readonly from: string }, UnitWindowRow>({
  name: 'population_units',
  description:
    'Sums of the sessions of each user who was active in the 28 days before a moment, in windows around it: the variance ' +
    'that an experiment begun then would have met.',
  grain: 'user × window',
  sql: `
WITH
unit AS
(
    SELECT
        user_id AS unit_id,
        user_id,
        {from:DateTime64(3, 'UTC')} AS moment,
        toDateTime64('2200-01-01 00:00:00.000', 3, 'UTC') AS next_moment
    FROM session FINAL
    WHERE at < {from:DateTime64(3, 'UTC')} AND at >= {from:DateTime64(3, 'UTC')} - INTERVAL 28 DAY
    GROUP BY user_id
),${UNIT_WINDOWS}
SELECT
    span.user_id AS user_id,
    span.place AS place,${UNIT_WINDOW_SUMS}
FROM span
LEFT JOIN life ON life.user_id = span.user_id
GROUP BY user_id, place
ORDER BY user_id, place`,
  columns: { ...UNIT_WINDOW_COLUMNS },
  example: { from: '2025-01-01 00:00:00.000', ...UNIT_WINDOW_EXAMPLE },
});
