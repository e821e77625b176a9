/** Small tables of people who analyse: delimited text or JSON lines, whole in memory, columns by name. */

import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { EngineError } from '#domain';

export interface Table {
  /** Where it came from, for messages. */
  readonly path: string;
  /** Names from the header; "1", "2", … where there is none. */
  readonly columns: readonly string[];
  /** Cells as text; an absent field of a JSON line is empty. */
  readonly rows: readonly (readonly string[])[];
  /** Line of the first row, for messages. */
  readonly firstLine: number;
}

export interface TableOptions {
  /** Whether the first line names the columns; true unless given. JSON lines name their own. */
  readonly header?: boolean;
}

/**
 * Reads a table: commas, tabs, semicolons, bars or blanks part the columns, whichever cuts the first line most; lines
 * that begin with `{` are JSON objects. At most 2 GiB. @throws {EngineError} unreadable_file with the line that is wrong.
 */
export const readTable = async (path: string, options: TableOptions = {}): Promise<Table> => {
  try {
    return parseTable(await readFile(path, 'utf8'), path, options);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('unreadable_file', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
};

/** A table from its text. */
export const parseTable = (text: string, path: string, { header = true }: TableOptions = {}): Table => {
  const body = text.replace(/^\ufeff/, '');
  if (body.trim() === '') throw new EngineError('unreadable_file', `${path} is empty: expected a table`);
  if (body.trimStart().startsWith('{')) return jsonTable(body, path);
  const lines = recordsOf(body, path);
  const columns = header ? lines[0]!.map((name) => name.trim()) : lines[0]!.map((_, at) => String(at + 1));
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) throw new EngineError('unreadable_file', `${path} has two columns "${twice}"`);
  const rows = header ? lines.slice(1) : lines;
  const firstLine = header ? 2 : 1;
  const odd = rows.findIndex((row) => row.length !== columns.length);
  if (odd >= 0) {
    const reason = `expected ${columns.length} columns, got ${rows[odd]!.length}`;
    throw new EngineError('unreadable_file', `line ${odd + firstLine} of ${path}: ${reason}`);
  }
  return { path, columns, rows, firstLine };
};

const DELIMITERS = [',', '\t', ';', '|'] as const;

const recordsOf = (body: string, path: string): readonly (readonly string[])[] => {
  const first = body.slice(0, body.indexOf('\n') < 0 ? undefined : body.indexOf('\n'));
  const cuts = DELIMITERS.map((delimiter) => ({ delimiter, parts: first.split(delimiter).length }));
  const best = cuts.reduce((most, each) => (each.parts > most.parts ? each : most));
  // Nothing but blanks between the columns: as many blanks as it takes to line them up.
  if (best.parts === 1 && /\S\s+\S/.test(first)) {
    return body
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => line.trim().split(/\s+/));
  }
  try {
    const options = { delimiter: best.delimiter, skip_empty_lines: true, trim: true, relax_column_count: true };
    return parse(body, options) as string[][];
  } catch (cause) {
    throw new EngineError('unreadable_file', `${path}: ${(cause as Error).message}`, { cause });
  }
};

const jsonTable = (body: string, path: string): Table => {
  const columns = new Map<string, number>();
  const objects = body
    .split('\n')
    .map((line, at) => ({ line: line.trim(), at }))
    .filter(({ line }) => line !== '')
    .map(({ line, at }) => objectOf(line, at + 1, path));
  for (const object of objects) {
    for (const name of Object.keys(object)) if (!columns.has(name)) columns.set(name, columns.size);
  }
  const names = [...columns.keys()];
  const rows = objects.map((object) => names.map((name) => (object[name] == null ? '' : String(object[name]))));
  return { path, columns: names, rows, firstLine: 1 };
};

const objectOf = (line: string, at: number, path: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below, together with what is JSON but no object.
  }
  throw new EngineError('unreadable_file', `line ${at} of ${path}: expected a JSON object`);
};
