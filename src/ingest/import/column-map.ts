/** Which column of a table holds which of our fields. */

import { EngineError } from '#domain';
import type { Row } from './row-fields.ts';
import { unreadable } from './source-file.ts';

/** Other names of a field, for people who name it as their data do. */
export const FIELD_ALIASES: Readonly<Record<string, string>> = {
  play_count: 'plays',
  timestamp: 'at',
  listened_at: 'at',
  name: 'title',
};

/** Column of each field that the table has. */
export type Columns = ReadonlyMap<string, string>;

const list = (names: Iterable<string>): string => [...names].map((name) => name.slice(0, 60)).join(', ');

/**
 * The map with aliases resolved.
 * @throws {EngineError} invalid_request a field that the format does not have; the message names those it has.
 */
export const checkMap = (
  map: Readonly<Record<string, string>>,
  fields: readonly string[],
  format: string,
): Readonly<Record<string, string>> => {
  const checked: Record<string, string> = {};
  for (const [given, column] of Object.entries(map)) {
    const field = fields.includes(given) ? given : (FIELD_ALIASES[given] ?? given);
    if (!fields.includes(field)) {
      const reason = `unknown field "${given}" in the map of ${format}: expected ${list(fields)}`;
      throw new EngineError('invalid_request', reason, { fields: [{ field: `map.${given}`, reason }] });
    }
    checked[field] = column;
  }
  return checked;
};

/**
 * Mapped fields by the column they name, all others by a column of their own name.
 * @throws {EngineError} unreadable_file a mapped column is not in the table.
 */
export const matchColumns = (
  columns: readonly string[],
  map: Readonly<Record<string, string>>,
  fields: readonly string[],
  file: string,
): Columns => {
  const matched = new Map<string, string>();
  const find = (name: string) => columns.find((c) => c === name) ?? columns.find((c) => sameName(c, name));
  for (const field of fields) {
    const wanted = map[field];
    const column = wanted === undefined ? ownColumn(field, find) : find(wanted);
    if (column !== undefined) matched.set(field, column);
    else if (wanted !== undefined) {
      throw unreadable(`${file} has no column "${wanted}" (mapped to ${field}): found ${list(columns.slice(0, 30))}`);
    }
  }
  return matched;
};

const sameName = (column: string, name: string): boolean => column.trim().toLowerCase() === name.toLowerCase();

const ownColumn = (field: string, find: (name: string) => string | undefined): string | undefined => {
  const aliases = Object.keys(FIELD_ALIASES).filter((alias) => FIELD_ALIASES[alias] === field);
  return [field, ...aliases].map(find).find((column) => column !== undefined);
};

/** The row under our names; empty cells are unknown. */
export const takeColumns = (row: Row, columns: Columns): Row => {
  const taken: Record<string, unknown> = {};
  for (const [field, column] of columns) {
    const value = row[column];
    if (value !== null && value !== undefined && value !== '') taken[field] = value;
  }
  return taken;
};
