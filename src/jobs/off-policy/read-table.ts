/** Rows of a CSV file with a header, one at a time. */

import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { EngineError } from '#domain';

/** One row; cells by column name. */
export interface TableRow {
  /** From 1, the header not counted. */
  readonly number: number;
  text(column: string): string;
  /** @throws {EngineError} invalid_data when the cell is no finite number. */
  amount(column: string): number;
}

export interface Table {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: AsyncIterable<TableRow>;
}

/**
 * Opens the table; rows are read as they are asked for.
 * @throws {EngineError} unreadable_file, invalid_data when a required column is not there.
 */
export const readTable = async (path: string, required: readonly string[]): Promise<Table> => {
  const lines = linesOf(path);
  const first = await lines.next();
  const header = first.done ? [] : first.value.map((name) => name.trim());
  const missing = required.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new EngineError(
      'invalid_data',
      `${path} lacks the column ${missing.join(', ')}: it has ${header.join(', ')}`,
    );
  }
  return { path, header, rows: rowsOf(path, header, lines) };
};

/** Cells of a file without a header, as numbers. @throws {EngineError} unreadable_file, invalid_data. */
export const readNumbers = async (path: string): Promise<number[][]> => {
  const rows: number[][] = [];
  for await (const cells of linesOf(path)) {
    rows.push(cells.map((cell, column) => toNumber(cell, `${path}, line ${rows.length + 1}, column ${column + 1}`)));
  }
  return rows;
};

async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  const parser = createReadStream(path).pipe(
    parse({ bom: true, skip_empty_lines: true, relax_column_count: true, max_record_size: 2 ** 20 }),
  );
  const source = parser as AsyncIterable<string[]>;
  try {
    yield* source;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError('unreadable_file', `${path} cannot be read: ${reason}`, { cause });
  }
}

async function* rowsOf(
  path: string,
  header: readonly string[],
  lines: AsyncGenerator<readonly string[]>,
): AsyncGenerator<TableRow> {
  const places = new Map(header.map((name, place) => [name, place]));
  let number = 0;
  for await (const cells of lines) {
    number++;
    if (cells.length !== header.length) {
      throw new EngineError(
        'invalid_data',
        `${path}, row ${number}: ${cells.length} cells, expected ${header.length} as the header has`,
      );
    }
    const text = (column: string): string => cells[places.get(column) ?? -1] ?? '';
    yield { number, text, amount: (column) => toNumber(text(column), `${path}, row ${number}, ${column}`) };
  }
}

const toNumber = (cell: string, where: string): number => {
  const value = Number(cell);
  if (cell.trim() !== '' && Number.isFinite(value)) return value;
  throw new EngineError('invalid_data', `${where}: "${cell.slice(0, 60)}", expected a finite number`);
};
