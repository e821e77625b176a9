/** Figures of metrics by surface, intent and device, each with its interval or the reason why there is none. */

import { type Cell, type CellDimension, type Figure, type Metric, parseMetric } from '#metrics';
import type { LevelOption } from '#stats';
import type { WarehouseRows } from '#warehouse';
import { absenceFigures } from './absence-figures.ts';
import { clickThroughFigures } from './click-through-figures.ts';
import type { FigureRow, Part } from './figure-row.ts';
import { toFigure } from './figure-row.ts';
import { type JudgedUnits, type Judging, outcomeFigures } from './outcome-figures.ts';
import { ratioFigures } from './ratio-figures.ts';
import { type PeriodRequest, type ReportPeriod, reportPeriod } from './report-period.ts';
import { returnFigures } from './return-figures.ts';

export interface ReportRequest extends LevelOption, PeriodRequest {
  /** Names of metrics. */
  readonly metrics: readonly string[];
  readonly by: readonly CellDimension[];
  /** Units that success metrics judge; `fitting` unless told. */
  readonly judge?: JudgedUnits | undefined;
}

export interface MetricsReport {
  /** Null when nobody has listened yet. */
  readonly period: ReportPeriod | null;
  readonly by: readonly CellDimension[];
  readonly metrics: readonly Metric[];
  /** In the order of the metrics, cells by name. */
  readonly figures: readonly Figure[];
  /** The query behind the figures of each metric, by its name; of success, its definition as a query over units. */
  readonly sql: Readonly<Record<string, string>>;
}

/**
 * The report, from sessions as they were derived: `deriveSessions` before. Each metric is one query over roll-ups or
 * sessions, ratios share one; success is judged unit by unit under its definition.
 * @throws {EngineError} invalid_request, not_found for a definition that is not there, warehouse_unavailable
 */
export const metricsReport = async (
  warehouse: WarehouseRows,
  request: ReportRequest,
  judging: Judging,
): Promise<MetricsReport> => {
  const metrics = request.metrics.map(parseMetric);
  const period = await reportPeriod(warehouse, request);
  if (period === null) return { period, by: request.by, metrics, figures: [], sql: {} };
  const part: Part = {
    warehouse,
    period,
    by: request.by,
    options: request.level === undefined ? {} : { level: request.level },
  };
  const answers = [
    await ratioFigures(part, metrics),
    ...(await eachOf(metrics, 'return', (metric, recipe) => returnFigures(part, metric, recipe.days))),
    ...(await eachOf(metrics, 'absence', (metric, recipe) => absenceFigures(part, metric, recipe))),
    await clickThroughFigures(part, metrics),
    ...(await outcomeFigures(part, metrics, judging, request.judge ?? 'fitting')),
  ];
  const rows = new Map<string, readonly FigureRow[]>();
  const sql: Record<string, string> = {};
  for (const answer of answers) {
    for (const [name, some] of answer.rows) {
      rows.set(name, some);
      sql[name] = answer.sql;
    }
  }
  const figures = metrics.flatMap((metric) =>
    [...(rows.get(metric.name) ?? [])].sort(byCell).map((row) => toFigure(metric, row)),
  );
  return { period, by: request.by, metrics, figures, sql };
};

type RecipeOf<Kind extends Metric['recipe']['kind']> = Extract<Metric['recipe'], { readonly kind: Kind }>;

const eachOf = async <Kind extends Metric['recipe']['kind'], Answer>(
  metrics: readonly Metric[],
  kind: Kind,
  ask: (metric: Metric, recipe: RecipeOf<Kind>) => Promise<Answer>,
): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (const metric of metrics) {
    if (metric.recipe.kind === kind) answers.push(await ask(metric, metric.recipe as RecipeOf<Kind>));
  }
  return answers;
};

const keyOf = ({ surface, intent, device }: Cell): string => `${surface ?? ''} ${intent ?? ''} ${device ?? ''}`;
const byCell = (a: FigureRow, b: FigureRow): number => (keyOf(a.cell) < keyOf(b.cell) ? -1 : 1);
