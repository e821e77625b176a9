/** Columns of a table as what they should be, with the line that is not. */

import { EngineError } from '#domain';
import type { Table } from './read-table.ts';

/** @throws {EngineError} invalid_data with the names there are. */
export const textColumn = (table: Table, name: string): readonly string[] => {
  const at = table.columns.indexOf(name);
  if (at < 0) {
    throw new EngineError('invalid_data', `${table.path} has no column "${name}": it has ${table.columns.join(', ')}`);
  }
  return table.rows.map((row) => row[at]!);
};

export const hasColumn = (table: Table, name: string): boolean => table.columns.includes(name);

const wrong = (table: Table, row: number, name: string, value: string, expected: string): EngineError =>
  new EngineError(
    'invalid_data',
    `line ${row + table.firstLine} of ${table.path}, column "${name}" is "${value.slice(0, 60)}": expected ${expected}`,
  );

/** @throws {EngineError} invalid_data for a cell that is no finite number. */
export const numberColumn = (table: Table, name: string): Float64Array =>
  Float64Array.from(textColumn(table, name), (value, row) => {
    const number = Number(value);
    if (value.trim() !== '' && Number.isFinite(number)) return number;
    throw wrong(table, row, name, value, 'a number');
  });

/** As `numberColumn`, an empty cell being NaN: not known. */
export const optionalNumberColumn = (table: Table, name: string): Float64Array =>
  Float64Array.from(textColumn(table, name), (value, row) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (value.trim() === '' || Number.isFinite(number)) return number;
    throw wrong(table, row, name, value, 'a number, or nothing');
  });

const YES = new Set(['1', 'true', 'yes', 't', 'y']);
const NO = new Set(['0', 'false', 'no', 'f', 'n']);

/** 1 and 0 of yes and no in any of their spellings. */
export const flagColumn = (table: Table, name: string): Uint8Array =>
  Uint8Array.from(textColumn(table, name), (value, row) => {
    const word = value.trim().toLowerCase();
    if (YES.has(word)) return 1;
    if (NO.has(word)) return 0;
    throw wrong(table, row, name, value, '1 or 0, true or false, yes or no');
  });

/** Names in order of first sight, and the place of each row's name among them. */
export const labelColumn = (
  table: Table,
  name: string,
): { readonly names: readonly string[]; readonly of: Uint32Array } => {
  const places = new Map<string, number>();
  const of = Uint32Array.from(textColumn(table, name), (label) => {
    const place = places.get(label) ?? places.size;
    places.set(label, place);
    return place;
  });
  return { names: [...places.keys()], of };
};

/** One moment as text: an ISO date or time, YYYYMMDD, or epoch seconds or milliseconds; undefined for anything else. */
export const momentOf = (text: string): number | undefined => {
  const value = text.trim();
  const date = /^(19|20)\d{6}$/.test(value) ? `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}` : value;
  if (/^\d{12,13}$/.test(value)) return Number(value);
  if (/^\d{9,10}(\.\d+)?$/.test(value)) return Number(value) * 1000;
  if (!/^\d{4}-\d{2}-\d{2}/.test(date)) return undefined;
  const withZone = /[zZ]|[+-]\d{2}:?\d{2}$/.test(date.slice(10)) || date.length === 10 ? date : `${date}Z`;
  const moment = Date.parse(withZone.replace(' ', 'T'));
  return Number.isNaN(moment) ? undefined : moment;
};

/** Moments in epoch milliseconds, without a zone UTC. */
export const momentColumn = (table: Table, name: string): Float64Array =>
  Float64Array.from(textColumn(table, name), (value, row) => {
    const moment = momentOf(value);
    if (moment !== undefined) return moment;
    throw wrong(
      table,
      row,
      name,
      value,
      'a date like 1997-09-30 or 19970930, a time, or epoch seconds or milliseconds',
    );
  });
