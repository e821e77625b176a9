/** Ratios of what is rolled up: all of them by one query. */

import { estimateRatio, estimateShare, type Metric, ROLLED_UP, type RolledUp } from '#metrics';
import { queries } from '#warehouse';
import { cellOf, cellParams, type FigureAnswer, type FigureRow, type Part } from './figure-row.ts';

const place = (column: RolledUp): number => ROLLED_UP.indexOf(column) + 1;

export const ratioFigures = async (part: Part, metrics: readonly Metric[]): Promise<FigureAnswer> => {
  const asked = metrics.flatMap(({ name, unit, recipe }) =>
    recipe.kind === 'ratio' ? [{ name, recipe, isShare: unit === 'share' }] : [],
  );
  const rows = new Map<string, FigureRow[]>();
  const { sql } = queries.metricRatios;
  if (asked.length === 0) return { rows, sql };
  const found = await part.warehouse.query(queries.metricRatios, {
    ...cellParams(part),
    numerators: asked.map(({ recipe }) => place(recipe.numerator)),
    denominators: asked.map(({ recipe }) => place(recipe.denominator)),
  });
  for (const { name } of asked) rows.set(name, []);
  for (const row of found) {
    const one = asked[row.pair - 1];
    if (one === undefined) continue;
    const { recipe, name } = one;
    // A figure for seven days, from a period of any length.
    const scale = recipe.scale * (recipe.perDays === undefined ? 1 : recipe.perDays / part.period.days);
    const { byEvents, byUsers } = one.isShare
      ? estimateShare(row, part.options)
      : estimateRatio(row, scale, part.options);
    const isByUser = recipe.denominator === 'user';
    rows.get(name)?.push({
      cell: cellOf(row),
      byEvents: isByUser ? { ok: false, reason: 'one_figure_a_user' } : byEvents,
      byUsers,
      users: row.users,
      events: row.events,
      leftOut: 0,
      unknown: 0,
    });
  }
  return { rows, sql };
};
