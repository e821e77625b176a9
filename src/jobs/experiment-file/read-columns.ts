/** Columns of a delimited text file with a header. */

import { createReadStream } from 'node:fs';
import { type CsvError, parse } from 'csv-parse';
import { EngineError } from '#domain';
import { argMax } from '#math';

export interface WantedColumns {
  /** Read as text, '' where empty. */
  readonly words: readonly string[];
  /** Read as numbers, NaN where empty; true and false, yes and no are 1 and 0. */
  readonly numbers: readonly string[];
}

export interface Columns {
  readonly rows: number;
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly numbers: ReadonlyMap<string, Float64Array>;
}

const DELIMITERS = [',', '\t', ';', '|'];
/** What files write where a value is missing. */
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '\\n']);
const TRUTH: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['t', 1],
  ['yes', 1],
  ['false', 0],
  ['f', 0],
  ['no', 0],
]);

/**
 * Reads the wanted columns; the delimiter is the one that the header has most of. Memory: 8 bytes a number.
 * @throws {EngineError} unreadable_file; invalid_data when a column is absent or a value is not of its kind, with row.
 */
export const readColumns = async (path: string, wanted: WantedColumns): Promise<Columns> => {
  const words = new Map(wanted.words.map((name) => [name, [] as string[]]));
  const numbers = new Map(wanted.numbers.map((name) => [name, [] as number[]]));
  let take: ((row: readonly string[], line: number) => void) | undefined;
  let rows = 0;
  for await (const row of records(path)) {
    if (take === undefined) {
      take = taker(path, row, words, numbers);
      continue;
    }
    rows++;
    take(row, rows + 1);
  }
  if (rows === 0) throw new EngineError('unreadable_file', `${path} has no rows: expected a header and data`);
  const typed = new Map([...numbers].map(([name, values]) => [name, Float64Array.from(values)]));
  return { rows, words, numbers: typed };
};

const taker = (
  path: string,
  header: readonly string[],
  words: ReadonlyMap<string, string[]>,
  numbers: ReadonlyMap<string, number[]>,
) => {
  const placeOf = (name: string): number => {
    const place = header.indexOf(name);
    if (place >= 0) return place;
    throw new EngineError('invalid_data', `${path} has no column ${name}; it has ${header.join(', ')}`);
  };
  const texts = [...words].map(([name, values]) => ({ place: placeOf(name), values }));
  const parsed = [...numbers].map(([name, values]) => ({ name, place: placeOf(name), values }));
  return (row: readonly string[], line: number): void => {
    for (const { place, values } of texts) values.push(row[place]!);
    for (const { name, place, values } of parsed)
      values.push(toNumber(row[place]!, () => `${path}, line ${line}, column ${name}`));
  };
};

const toNumber = (text: string, where: () => string): number => {
  const plain = text.trim().toLowerCase();
  if (MISSING.has(plain)) return Number.NaN;
  const value = TRUTH.get(plain) ?? Number(plain);
  if (Number.isFinite(value)) return value;
  throw new EngineError('invalid_data', `${where()}: "${text.slice(0, 40)}" is not a number, true or false`);
};

async function* records(path: string): AsyncGenerator<readonly string[]> {
  const delimiter = await delimiterOf(path);
  const source = createReadStream(path);
  const parser = source.pipe(parse({ delimiter, bom: true, skip_empty_lines: true, relax_quotes: true }));
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const row of parser) yield row as string[];
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw unreadable(path, cause);
  }
}

const delimiterOf = async (path: string): Promise<string> => {
  const source = createReadStream(path, { end: 65_535 });
  let text = '';
  try {
    for await (const chunk of source) text += String(chunk);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const header = text.split('\n', 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[argMax(counts)]!;
};

const unreadable = (path: string, cause: unknown): EngineError => {
  const code = (cause as CsvError).code;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const said =
    typeof code === 'string' && code.startsWith('CSV_')
      ? `is not delimited text: ${reason}`
      : `cannot be read: ${reason}`;
  return new EngineError('unreadable_file', `${path} ${said}`, { cause });
};
