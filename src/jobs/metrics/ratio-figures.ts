/** Ratios of what is rolled up: all of them by one query. */

import { estimateRatio, estimateShare, type Metric } from '#metrics';
import { type MetricRatioRow, queries, ratioQuery } from '#warehouse';
import { cellOf, cellParams, type FigureAnswer, type FigureRow, type Part } from './figure-row.ts';

export const ratioFigures = async (part: Part, metrics: readonly Metric[]): Promise<FigureAnswer> => {
  const asked = metrics.flatMap(({ name, unit, recipe }) =>
    recipe.kind === 'ratio' ? [{ name, recipe, isShare: unit === 'share' }] : [],
  );
  const rows = new Map<string, FigureRow[]>();
  if (asked.length === 0) return { rows, sql: queries.metricRatios.sql };
  const query = ratioQuery(asked.map(({ recipe: { numerator, denominator } }) => ({ numerator, denominator })));
  const found = await part.warehouse.query(query, cellParams(part));
  for (const [pair, { name, recipe, isShare }] of asked.entries()) {
    // A figure for seven days, from a period of any length.
    const scale = recipe.scale * (recipe.perDays === undefined ? 1 : recipe.perDays / part.period.days);
    const isByUser = recipe.denominator === 'user';
    rows.set(
      name,
      found.map((row): FigureRow => {
        const moments = momentsOf(row, pair);
        const { byEvents, byUsers } = isShare
          ? estimateShare(moments, part.options)
          : estimateRatio(moments, scale, part.options);
        return {
          cell: cellOf(row),
          byEvents: isByUser ? { ok: false, reason: 'one_figure_a_user' } : byEvents,
          byUsers,
          users: row.users,
          events: row.events[pair]!,
          leftOut: 0,
          unknown: 0,
        };
      }),
    );
  }
  return { rows, sql: query.sql };
};

const momentsOf = (row: MetricRatioRow, pair: number) => ({
  users: row.users,
  mean_x: row.mean_x[pair]!,
  mean_y: row.mean_y[pair]!,
  variance_x: row.variance_x[pair]!,
  variance_y: row.variance_y[pair]!,
  covariance: row.covariance[pair]!,
  ratio_users: row.ratio_users[pair]!,
  ratio_mean: row.ratio_mean[pair]!,
  ratio_variance: row.ratio_variance[pair]!,
});
