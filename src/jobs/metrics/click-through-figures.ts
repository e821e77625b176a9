/** Click-through of what was shown, in the readings asked for: one query for all. */

import { estimateClickThrough, type Metric } from '#metrics';
import { queries } from '#warehouse';
import { byCell, cellOf, cellParams, type FigureAnswer, type FigureRow, type Part } from './figure-row.ts';

export const clickThroughFigures = async (part: Part, metrics: readonly Metric[]): Promise<FigureAnswer> => {
  const asked = metrics.flatMap(({ name, recipe }) =>
    recipe.kind === 'click_through' ? [{ name, form: recipe.form }] : [],
  );
  const rows = new Map<string, readonly FigureRow[]>();
  const { sql } = queries.metricPlaces;
  if (asked.length === 0) return { rows, sql };
  const all = await part.warehouse.query(queries.metricPlaces, cellParams(part));
  const cells = byCell(all);
  for (const { name, form } of asked) {
    const figures = cells.flatMap((places): FigureRow[] => {
      const [first] = places;
      if (first === undefined) return [];
      const users = new Map<number, number>();
      for (const row of places) users.set(row.group, Math.max(users.get(row.group) ?? 0, row.users));
      return [
        {
          cell: cellOf(first),
          byEvents: estimateClickThrough(places, all, form, part.options),
          byUsers: { ok: false, reason: 'one_law_for_all' },
          users: [...users.values()].reduce((sum, n) => sum + n, 0),
          events: places.reduce((sum, row) => sum + (form === 'naive' ? row.delivered : row.examined), 0),
          leftOut: 0,
          unknown: 0,
        },
      ];
    });
    rows.set(name, figures);
  }
  return { rows, sql };
};
