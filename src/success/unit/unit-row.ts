/** A unit as a row of a table of units: the columns of `UNIT_COLUMNS`. */

import { toTimestamp } from '#domain';
import { columnOf } from '../sql/columns.ts';
import { EVENT_LIST_NAMES, LATER_LIST_NAMES, type ListPath } from './fields.ts';
import type { Unit } from './unit.ts';

/** List → fields of its events. */
type Read = ReadonlyMap<Exclude<ListPath, 'usual.units'>, readonly string[]>;

/**
 * One JSON line for ClickHouse's JSONEachRow. What is missing is left out, and NULL there. With `read`, lists that are not
 * in it are left empty, and of the others' events only these fields are written, with the id and the time.
 */
export const toUnitRow = (unit: Unit, batch: string, read?: Read): string => {
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
  for (const name of EVENT_LIST_NAMES) row[name] = written(unit[name], name, read);
  for (const name of LATER_LIST_NAMES) {
    const path = `later.${name}` as const;
    if (read === undefined || read.has(path)) row[`later_${name}`] = written(unit.later[name], path, read);
  }
  if (unit.usual.units.length > 0) row['usual_units'] = unit.usual.units;
  return JSON.stringify(row);
};

const written = (
  events: readonly { readonly event_id: string; readonly at: number }[],
  path: Exclude<ListPath, 'usual.units'>,
  read: Read | undefined,
): readonly object[] | undefined => {
  if (events.length === 0) return undefined;
  if (read === undefined) return events;
  const fields = read.get(path);
  return fields && events.map((event) => narrowed(event as unknown as Record<string, unknown>, fields));
};

const narrowed = (event: Readonly<Record<string, unknown>>, fields: readonly string[]): object => {
  const kept: Record<string, unknown> = { event_id: event['event_id'], at: event['at'] };
  for (const field of fields) kept[field] = event[field];
  return kept;
};
