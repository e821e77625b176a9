/** What the queries of metrics have in common: the part of the sessions they are asked of, and a figure of a cell. */

import type { Estimate } from '#domain';
import { type Cell, type CellDimension, type Figure, type Metric, polarityAt } from '#metrics';
import type { LevelOption } from '#stats';
import type { WarehouseRows } from '#warehouse';
import type { ReportPeriod } from './report-period.ts';

export interface Part {
  readonly warehouse: WarehouseRows;
  readonly period: ReportPeriod;
  readonly by: readonly CellDimension[];
  readonly options: LevelOption;
}

export interface FigureRow {
  readonly cell: Cell;
  readonly byEvents: Estimate;
  readonly byUsers: Estimate;
  readonly users: number;
  readonly events: number;
  readonly leftOut: number;
  readonly unknown: number;
}

/** Figures by the name of their metric, and the query they come from. */
export interface FigureAnswer {
  readonly rows: ReadonlyMap<string, readonly FigureRow[]>;
  readonly sql: string;
}

export const cellParams = ({ by, period }: Part) => ({
  from: period.from,
  to: period.to,
  by_surface: by.includes('surface'),
  by_intent: by.includes('intent'),
  by_device: by.includes('device'),
});

interface CellRow {
  readonly cell_surface: string;
  readonly cell_intent: string;
  readonly cell_device: string;
}

export const cellOf = ({ cell_surface, cell_intent, cell_device }: CellRow): Cell => ({
  surface: cell_surface || null,
  intent: cell_intent || null,
  device: cell_device || null,
});

/** Rows by their cell, in the order in which cells come. */
export const byCell = <Row extends CellRow>(rows: readonly Row[]): readonly (readonly Row[])[] => {
  const cells = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.cell_surface} ${row.cell_intent} ${row.cell_device}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [row]);
    else cell.push(row);
  }
  return [...cells.values()];
};

export const toFigure = (metric: Metric, row: FigureRow): Figure => {
  const { polarity, because } = polarityAt(metric, row.cell.intent ?? undefined, row.cell.device ?? undefined);
  return { metric: metric.name, polarity, because, ...row };
};
