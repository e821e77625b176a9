/** A unit as a row of a table of units: the columns of `UNIT_COLUMNS`. */

import { toTimestamp } from '#domain';
import { columnOf } from '../sql/columns.ts';
import { EVENT_LIST_NAMES, LATER_LIST_NAMES } from './fields.ts';
import type { Unit } from './unit.ts';

/** One JSON line for ClickHouse's JSONEachRow. What is missing is left out, and NULL there. */
export const toUnitRow = (unit: Unit, batch: string): string => {
  const row: Record<string, unknown> = {
    batch,
    unit_id: unit.unit_id,
    kind: unit.kind,
    user_id: unit.user_id,
    start: toTimestamp(unit.start),
    observed_until: toTimestamp(unit.observed_until),
  };
  for (const record of ['unit', 'item'] as const) {
    for (const [field, value] of Object.entries(unit[record])) row[columnOf(record, field)] = value ?? undefined;
  }
  for (const name of EVENT_LIST_NAMES) if (unit[name].length > 0) row[name] = unit[name];
  for (const name of LATER_LIST_NAMES) if (unit.later[name].length > 0) row[`later_${name}`] = unit.later[name];
  if (unit.usual.units.length > 0) row['usual_units'] = unit.usual.units;
  return JSON.stringify(row);
};
