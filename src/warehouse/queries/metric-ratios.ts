import type { RatioMoments } from '#metrics';
import { ROLLED_UP } from '#metrics';
import { defineQuery } from '../define-query.ts';
import { CELL_COLUMNS, CELLS, type CellParams, type CellRow, MOMENT_COLUMNS, MOMENTS } from './metric-cells.ts';

export interface MetricRatioRow extends CellRow, RatioMoments {
  /** Place of the pair in the parameters, from 1. */
  readonly pair: number;
  readonly events: number;
}

/** One expression a name of ROLLED_UP, in its order. */
const SUMS = ROLLED_UP.map((name) => {
  if (name === 'user') return 'toFloat64(1)';
  if (name === 'active_days') return 'toFloat64(uniqExact(day))';
  return `toFloat64(sum(user_day.${name}))`;
}).join(',\n            ');

export const metricRatios = defineQuery<
  CellParams & {
    readonly from: string;
    readonly to: string;
    readonly numerators: readonly number[];
    readonly denominators: readonly number[];
  },
  MetricRatioRow
>({
  name: 'metric_ratios',
  description:
    'Moments over users of ratios of what is rolled up by user and day: numerators and denominators are places, from 1, ' +
    `in the list ${ROLLED_UP.join(', ')}. x is the denominator of a user, y the numerator; days are UTC, half-open.`,
  grain: 'cell × pair',
  sql: `
WITH
user_cell AS
(
    SELECT
        user_id,
        ${CELLS},
        [
            ${SUMS}
        ] AS sums
    FROM user_day FINAL
    WHERE day >= {from:Date} AND day < {to:Date} AND user_day.sessions > 0
    GROUP BY user_id, cell_surface, cell_intent, cell_device
),
user_pair AS
(
    SELECT
        cell_surface,
        cell_intent,
        cell_device,
        pair,
        sums[denominator] AS x,
        sums[numerator] AS y
    FROM user_cell
    ARRAY JOIN
        {numerators:Array(UInt8)} AS numerator,
        {denominators:Array(UInt8)} AS denominator,
        arrayEnumerate({numerators:Array(UInt8)}) AS pair
)
SELECT
    cell_surface,
    cell_intent,
    cell_device,
    pair,${MOMENTS}
FROM user_pair
GROUP BY cell_surface, cell_intent, cell_device, pair
ORDER BY cell_surface, cell_intent, cell_device, pair`,
  columns: { ...CELL_COLUMNS, pair: 'UInt32', ...MOMENT_COLUMNS, events: 'Float64' },
  example: {
    from: '2026-01-01',
    to: '2026-02-01',
    by_surface: false,
    by_intent: true,
    by_device: true,
    numerators: [7],
    denominators: [4],
  },
});
