/**
 * Tables of rows under our field names: delimited text with a header, JSON lines, a JSON list or Parquet, told apart by
 * content whatever the file is called.
 */

import { parse } from 'csv-parse/sync';
import { type Columns, matchColumns, takeColumns } from './column-map.ts';
import type { FormatContext } from './history-format.ts';
import { openParquet } from './parquet-rows.ts';
import { isRow, type Row } from './row-fields.ts';
import { describeContent, peek, type SourceFile, unreadable } from './source-file.ts';
import { csvOptions, csvRows, type Delimiter, jsonLineRows, jsonListRows, type ParsedRow } from './text-rows.ts';

const HEAD_BYTES = 64 * 1024;
const DELIMITERS: readonly Delimiter[] = ['\t', ',', ';', '|'];

export interface TableRequest {
  readonly fields: readonly string[];
  readonly map: Readonly<Record<string, string>>;
  /** Looks at the columns before the first row. @throws {EngineError} when the format cannot work with them. */
  check(columns: Columns, found: readonly string[]): void;
}

type Batches = AsyncGenerator<readonly ParsedRow<Row>[]>;

const cut = (line: string, delimiter: Delimiter): readonly string[] => {
  try {
    return (parse(line, csvOptions(delimiter)) as string[][])[0] ?? [];
  } catch {
    return [];
  }
};

/** The header line cut at the delimiter that cuts it most. */
const headerOf = (head: string): { readonly delimiter: Delimiter; readonly header: readonly string[] } => {
  const line =
    head
      .replace(/^\ufeff/, '')
      .split(/\r?\n/)
      .find((text) => text.trim() !== '') ?? '';
  let best: { delimiter: Delimiter; header: readonly string[] } = { delimiter: ',', header: [line] };
  for (const delimiter of DELIMITERS) {
    const header = cut(line, delimiter);
    if (header.length > best.header.length) best = { delimiter, header };
  }
  return { ...best, header: best.header.map((name) => name.trim()) };
};

/** A column that is twice there cannot be meant by its name. */
const checkHeader = (header: readonly string[], columns: Columns, file: SourceFile): void => {
  const twice = [...columns.values()].find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice !== undefined) throw unreadable(`${file.name} has two columns "${twice.slice(0, 60)}"`);
};

async function* delimitedRows(file: SourceFile, head: Buffer, request: TableRequest, context: FormatContext): Batches {
  const { delimiter, header } = headerOf(head.toString('utf8'));
  const columns = matchColumns(header, request.map, request.fields, file.name);
  checkHeader(header, columns, file);
  request.check(columns, header);
  context.note('columns_ignored', header.length - new Set(columns.values()).size);
  const positions = [...columns].map(([field, column]) => [field, String(header.indexOf(column))] as const);
  const byPosition: Columns = new Map(positions);
  let first = true;
  for await (const batch of csvRows(context.text(file), delimiter)) {
    const rows = first ? batch.slice(1) : batch;
    first = false;
    yield rows.map((row): ParsedRow<Row> => {
      if (!row.ok) return row;
      if (row.value.length !== header.length) {
        return { ok: false, reason: `expected ${header.length} columns, got ${row.value.length}` };
      }
      return { ok: true, value: takeColumns(row.value as unknown as Row, byPosition) };
    });
  }
}

async function* objectRows(
  batches: AsyncIterable<readonly ParsedRow[]>,
  file: SourceFile,
  request: TableRequest,
  context: FormatContext,
): Batches {
  let columns: Columns | null = null;
  for await (const batch of batches) {
    columns ??= objectColumns(batch, file, request, context);
    const all = columns;
    yield batch.map((row): ParsedRow<Row> => {
      if (!row.ok) return row;
      return isRow(row.value)
        ? { ok: true, value: takeColumns(row.value, all) }
        : { ok: false, reason: 'expected an object' };
    });
  }
}

/** Objects need not have all fields: what the first ones lack may come later, under its own name. */
const objectColumns = (
  batch: readonly ParsedRow[],
  file: SourceFile,
  request: TableRequest,
  context: FormatContext,
): Columns => {
  const names = [...new Set(batch.flatMap((row) => (row.ok && isRow(row.value) ? Object.keys(row.value) : [])))];
  if (names.length === 0) throw unreadable(`${file.name} has no rows that are JSON objects`);
  const possible = [...new Set([...names, ...Object.values(request.map)])];
  const columns = matchColumns(possible, request.map, request.fields, file.name);
  request.check(columns, names);
  const used = new Set(columns.values());
  context.note('columns_ignored', names.filter((name) => !used.has(name)).length);
  return new Map([...request.fields.map((field) => [field, field] as const), ...columns]);
};

async function* parquetTableRows(file: SourceFile, request: TableRequest, context: FormatContext): Batches {
  if (file.path === null)
    throw unreadable(`${file.name} lies inside an archive: a Parquet file has to be unpacked first`);
  const table = await openParquet(file.path, file.name);
  const columns = matchColumns(table.columns, request.map, request.fields, file.name);
  request.check(columns, table.columns);
  const wanted = [...new Set(columns.values())];
  context.note('columns_ignored', table.columns.length - wanted.length);
  for await (const rows of table.rows(wanted, context.advance)) {
    yield rows.map((row) => (row.ok ? { ok: true, value: takeColumns(row.value, columns) } : row));
  }
}

/** @throws {EngineError} unreadable_file the file is no table, or lacks a mapped column. */
export async function* tableRows(file: SourceFile, request: TableRequest, context: FormatContext): Batches {
  const head = await peek(file, HEAD_BYTES);
  const content = describeContent(head);
  if (content === 'a Parquet file') yield* parquetTableRows(file, request, context);
  else if (content === 'a JSON list') yield* objectRows(jsonListRows(context.text(file)), file, request, context);
  else if (content === 'a JSON object') yield* objectRows(jsonLineRows(context.text(file)), file, request, context);
  else if (content === 'plain text') yield* delimitedRows(file, head, request, context);
  else throw unreadable(`${file.name} is no table: expected CSV, TSV, NDJSON or Parquet, found ${content}`);
}

export const TABLE_FILE = /\.(?:csv|tsv|tab|dat|txt|ndjson|jsonl|json|parquet)$/i;
