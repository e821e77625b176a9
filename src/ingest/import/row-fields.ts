/** Reads fields of rows whose shape nobody has promised. A field of the wrong type is unknown, unless the row needs it. */

export type Row = Readonly<Record<string, unknown>>;

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text that says something. */
export const textOf = (row: Row, field: string): string | undefined => {
  const value = row[field];
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
};

export const flagOf = (row: Row, field: string): boolean | undefined => {
  const value = row[field];
  return typeof value === 'boolean' ? value : undefined;
};

/** A number, also when it is written as text. */
export const numberOf = (row: Row, field: string): number | undefined => {
  const value = row[field];
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || !/^-?\d+(?:\.\d+)?$/.test(value.trim())) return undefined;
  return Number(value);
};

/** A row inside a row; an empty one where there is none. */
export const rowOf = (row: Row, field: string): Row => {
  const value = row[field];
  return isRow(value) ? value : {};
};

/** What stands there, for a message: the type and, of short plain values only, the value. */
export const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  return typeof value === 'string' ? `a text of ${value.length} characters` : `a ${typeof value}`;
};

/** Field names of the first rows, for the message that says what a file is instead. */
export const fieldNames = (rows: readonly unknown[]): string => {
  const row = rows.find(isRow);
  if (row === undefined) return 'rows that are no objects';
  const names = Object.keys(row).slice(0, 8);
  return names.length === 0
    ? 'rows without fields'
    : `rows with the fields ${names.map((n) => n.slice(0, 40)).join(', ')}`;
};
