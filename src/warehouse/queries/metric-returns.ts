import type { RatioMoments } from '#metrics';
import { defineQuery } from '../define-query.ts';
import {
  CELL_COLUMNS,
  CELLS,
  type CellParams,
  type CellRow,
  MOMENT_COLUMNS,
  MOMENTS,
  SESSION_LIVES,
} from './metric-cells.ts';

export interface MetricReturnRow extends CellRow, RatioMoments {
  readonly events: number;
  readonly left_out: number;
}

export const metricReturns = defineQuery<
  CellParams & { readonly from: string; readonly to: string; readonly until: string; readonly days: number },
  MetricReturnRow
>({
  name: 'metric_returns',
  description:
    'Sessions after which the user was back within so many days, on any surface and device. x is the sessions of a user ' +
    'whose window was over when observation ended (until), y those followed by another in time; left_out are too young.',
  grain: 'cell',
  sql: `
WITH${SESSION_LIVES},
judged AS
(
    SELECT
        user_id,
        ${CELLS},
        countIf(ended_at + toIntervalDay({days:UInt16}) <= {until:DateTime64(3, 'UTC')}) AS x,
        countIf(
            ended_at + toIntervalDay({days:UInt16}) <= {until:DateTime64(3, 'UTC')}
            AND has_next
            AND next_at <= ended_at + toIntervalDay({days:UInt16})
        ) AS y,
        count() - x AS young
    FROM life
    WHERE at >= {from:Date} AND at < {to:Date}
    GROUP BY user_id, cell_surface, cell_intent, cell_device
)
SELECT
    cell_surface,
    cell_intent,
    cell_device,${MOMENTS},
    sum(young) AS left_out
FROM judged
GROUP BY cell_surface, cell_intent, cell_device
ORDER BY cell_surface, cell_intent, cell_device`,
  columns: { ...CELL_COLUMNS, ...MOMENT_COLUMNS, events: 'UInt64', left_out: 'Int64' },
  example: {
    from: '2026-01-01',
    to: '2026-02-01',
    until: '2026-03-01 00:00:00.000',
    by_surface: false,
    by_intent: true,
    by_device: true,
    days: 7,
  },
});
