/** Cells of tables, which in text files are all text. What cannot be read stays as it is: the intake says what is wrong. */

/** Ids are often numbers; 17 and "17" are one id. */
export const idText = (value: unknown): string | undefined => {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return undefined;
  return value.trim() === '' ? undefined : value.trim();
};

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['yes', true],
  ['no', false],
]);

export const booleanOf = (value: unknown): unknown => {
  if (value === undefined || typeof value === 'boolean') return value;
  return BOOLEANS.get(String(value).trim().toLowerCase()) ?? value;
};

/** A list as such, or as text parted by `|`. */
export const listOf = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  return value
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
};

/** A number as such or written as text. */
export const numeric = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return value;
  return /^-?\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : value;
};

/** A calendar day: Parquet has its own type for it. */
export const dayOf = (value: unknown): unknown => {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString().slice(0, 10);
  return typeof value === 'string' ? value.trim() : value;
};
