/** The columns of a table of units, one row a unit: made of the declared fields, so that nothing is declared twice. */

import {
  EVENT_LIST_NAMES,
  EVENT_LISTS,
  type Field,
  fieldsOf,
  LATER_LIST_NAMES,
  type RecordName,
} from '../unit/fields.ts';

const SCALARS = { number: 'Float64', bool: 'Bool', string: 'String' } as const;

const typeOf = ({ type, optional }: Field): string => {
  if (type === 'strings') return 'Array(String)';
  if (type === 'intents') return 'Map(String, Float64)';
  return optional ? `Nullable(${SCALARS[type]})` : SCALARS[type];
};

const tuples = (record: RecordName): string => {
  const fields = Object.entries(fieldsOf(record)).map(([name, field]) => `${name} ${typeOf(field)}`);
  return `Array(Tuple(${fields.join(', ')}))`;
};

/** `unit.device` → unit_device. */
export const columnOf = (record: 'unit' | 'item', field: string): string =>
  field.startsWith(`${record}_`) ? field : `${record}_${field}`;

const scalarColumns = (record: 'unit' | 'item'): readonly (readonly [string, string])[] =>
  Object.entries(fieldsOf(record)).map(([name, field]) => [columnOf(record, name), typeOf(field)] as const);

/** Column → ClickHouse type, in order. */
export const UNIT_COLUMNS: Readonly<Record<string, string>> = Object.fromEntries([
  ['unit_id', 'String'],
  ['kind', 'String'],
  ['user_id', 'String'],
  ['start', "DateTime64(3, 'UTC')"],
  ['observed_until', "DateTime64(3, 'UTC')"],
  ...scalarColumns('unit'),
  ...scalarColumns('item'),
  ...EVENT_LIST_NAMES.map((name) => [name, tuples(EVENT_LISTS[name])] as const),
  ...LATER_LIST_NAMES.map((name) => [`later_${name}`, tuples(EVENT_LISTS[name])] as const),
  ['usual_units', tuples('past')],
]);
