/** How long users stay away, as a quantile and as a curve. */

import { absenceQuantile, type Cell, type CellDimension, type Metric, type ReturnCurve, returnCurve } from '#metrics';
import { queries, type WarehouseRows } from '#warehouse';
import { hourWeightsUntil } from '../sessions/hour-weights.ts';
import { byCell, cellOf, cellParams, type FigureAnswer, type FigureRow, type Part } from './figure-row.ts';
import { type PeriodRequest, type ReportPeriod, reportPeriod } from './report-period.ts';

const ask = async (part: Part, clock: 'plain' | 'active') => {
  const { until } = part.period;
  const weights = clock === 'plain' ? [] : [...(await hourWeightsUntil(part.warehouse, until))];
  return part.warehouse.query(queries.metricAbsences, { ...cellParams(part), until, weights });
};

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

export const absenceFigures = async (
  part: Part,
  metric: Metric,
  { quantile, clock }: Pick<Extract<Metric['recipe'], { readonly kind: 'absence' }>, 'quantile' | 'clock'>,
): Promise<FigureAnswer> => {
  const rows = byCell(await ask(part, clock)).flatMap((groups): FigureRow[] => {
    const [first] = groups;
    if (first === undefined) return [];
    return [
      {
        cell: cellOf(first),
        byEvents: absenceQuantile(groups, quantile, part.options),
        byUsers: { ok: false, reason: 'one_curve_for_all' },
        users: sum(groups.map(({ users }) => users)),
        events: sum(groups.map(({ returned, censored }) => sum(returned) + sum(censored))),
        leftOut: 0,
        unknown: 0,
      },
    ];
  });
  return { rows: new Map([[metric.name, rows]]), sql: queries.metricAbsences.sql };
};

export interface CellCurve {
  readonly cell: Cell;
  readonly users: number;
  /** Null with its reason. */
  readonly curve: ReturnCurve | null;
  readonly reason: string | null;
}

export interface AbsenceReport {
  /** Null when nobody has listened yet. */
  readonly period: ReportPeriod | null;
  readonly curves: readonly CellCurve[];
  readonly sql: string;
}

/** Who is still away after which time, cell by cell. @throws {EngineError} invalid_request, warehouse_unavailable */
export const absenceReport = async (
  warehouse: WarehouseRows,
  request: PeriodRequest & { readonly by: readonly CellDimension[] },
): Promise<AbsenceReport> => {
  const { sql } = queries.metricAbsences;
  const period = await reportPeriod(warehouse, request);
  if (period === null) return { period, curves: [], sql };
  const found = await ask({ warehouse, period, by: request.by, options: {} }, 'plain');
  const curves = byCell(found).flatMap((groups): CellCurve[] => {
    const [first] = groups;
    if (first === undefined) return [];
    const drawn = returnCurve(groups);
    const users = sum(groups.map((group) => group.users));
    return [
      { cell: cellOf(first), users, curve: drawn.ok ? drawn.curve : null, reason: drawn.ok ? null : drawn.reason },
    ];
  });
  return { period, curves, sql };
};
