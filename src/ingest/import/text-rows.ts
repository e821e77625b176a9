/** Rows of JSON and delimited text, batch after batch as they arrive. A row that cannot be read is a row with a reason. */

import { type CsvError, parse } from 'csv-parse';
import { JsonArraySplitter } from './json-array-splitter.ts';
import { unreadable } from './source-file.ts';

export type ParsedRow<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

const LINE_END = 0x0a;
const MAX_LINE_BYTES = 4 * 2 ** 20;
const MAX_RECORD_CHARS = 2 ** 20;

/** The text of a bad row is not told: it may hold personal data. */
const parseJson = (text: string): ParsedRow => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, reason: `this is not JSON (${text.length} characters)` };
  }
};

/** Elements of a file that is one JSON list. @throws {EngineError} unreadable_file it is none. */
export async function* jsonListRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly ParsedRow[]> {
  const splitter = new JsonArraySplitter();
  for await (const chunk of chunks) {
    const before = splitter.state === 'before';
    const rows = splitter.push(chunk).map(parseJson);
    if (before && splitter.problem !== null && rows.length === 0) {
      throw unreadable(`expected a JSON list, but ${splitter.problem}`);
    }
    if (rows.length > 0) yield rows;
    if (splitter.problem === null) continue;
    yield [{ ok: false, reason: `the rest of the file is not read: ${splitter.problem}` }];
    return;
  }
  if (splitter.state === 'before') throw unreadable('expected a JSON list, found an empty file');
  if (splitter.state === 'inside') {
    const where = splitter.rest() === null ? 'before its list is closed' : 'inside this row';
    yield [{ ok: false, reason: `the file ends ${where}` }];
  }
}

/** One JSON value a line; empty lines are no rows. */
export async function* jsonLineRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly ParsedRow[]> {
  let open: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let rest = open.length === 0 ? chunk : Buffer.concat([open, chunk]);
    const rows: ParsedRow[] = [];
    for (let end = rest.indexOf(LINE_END); end >= 0; end = rest.indexOf(LINE_END)) {
      const line = rest.toString('utf8', 0, end).trim();
      if (line !== '') rows.push(parseJson(line));
      rest = rest.subarray(end + 1);
    }
    if (rows.length > 0) yield rows;
    if (rest.length > MAX_LINE_BYTES) {
      yield [{ ok: false, reason: `the rest of the file is not read: a line is larger than ${MAX_LINE_BYTES} bytes` }];
      return;
    }
    open = Buffer.from(rest);
  }
  const last = open.toString('utf8').trim();
  if (last !== '') yield [parseJson(last)];
}

export type Delimiter = ',' | ';' | '\t' | '|';

/** Tab-separated files are written without quoting: `"Weird Al" Yankovic` is a name there. */
export const csvOptions = (delimiter: Delimiter) => ({
  delimiter,
  quote: delimiter === '\t' ? null : '"',
  relax_quotes: true,
  relax_column_count: true,
  record_delimiter: ['\r\n', '\n'],
  skip_empty_lines: true,
  bom: true,
});

const csvProblem = (error: CsvError): string => {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and never closed';
  if (error.code === 'CSV_MAX_RECORD_SIZE') return `a row is longer than ${MAX_RECORD_CHARS} characters`;
  return error.code;
};

/** Settles when the parser has done with what it was given: null, or what it cannot go on from. */
const told = (act: (done: (error?: Error | null) => void) => void): Promise<CsvError | null> =>
  new Promise((resolve) => act((error) => resolve((error as CsvError | null | undefined) ?? null)));

/**
 * Records of delimited text, the header among them. They are taken as they are parsed and not from the parser's stream:
 * that drops what it still holds when a later byte is in error.
 */
export async function* csvRows(
  chunks: AsyncIterable<Buffer>,
  delimiter: Delimiter,
): AsyncGenerator<readonly ParsedRow<readonly string[]>[]> {
  let rows: ParsedRow<readonly string[]>[] = [];
  const collect = (value: readonly string[]): null => {
    rows.push({ ok: true, value });
    return null;
  };
  const parser = parse({ ...csvOptions(delimiter), max_record_size: MAX_RECORD_CHARS, on_record: collect });
  // The same error reaches us through the callbacks; without a listener it would end the process.
  parser.on('error', () => undefined);
  parser.resume();
  let error: CsvError | null = null;
  for await (const chunk of chunks) {
    error = await told((done) => parser.write(chunk, done));
    if (rows.length > 0) yield rows;
    rows = [];
    if (error !== null) break;
  }
  error ??= await told((done) => parser.end(done));
  parser.destroy();
  if (error !== null) rows.push({ ok: false, reason: `the rest of the file is not read: ${csvProblem(error)}` });
  if (rows.length > 0) yield rows;
}
