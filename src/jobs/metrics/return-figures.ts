/** Who is back in time. */

import { estimateShare, type Metric } from '#metrics';
import { queries } from '#warehouse';
import { cellOf, cellParams, type FigureAnswer, type FigureRow, type Part } from './figure-row.ts';

export const returnFigures = async (part: Part, metric: Metric, days: number): Promise<FigureAnswer> => {
  const params = { ...cellParams(part), until: part.period.until, days };
  const found = await part.warehouse.query(queries.metricReturns, params);
  const rows = found.map((row): FigureRow => {
    const estimates =
      row.events === 0
        ? ({ byEvents: { ok: false, reason: 'all_immature' }, byUsers: { ok: false, reason: 'all_immature' } } as const)
        : estimateShare(row, part.options);
    const { events, left_out: leftOut } = row;
    return { cell: cellOf(row), ...estimates, users: row.ratio_users, events, leftOut, unknown: 0 };
  });
  return { rows: new Map([[metric.name, rows]]), sql: queries.metricReturns.sql };
};
