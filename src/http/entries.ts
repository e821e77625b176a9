/**
 * A body of events or items → its entries. The body as a whole is refused only when it cannot be read; an entry that
 * cannot be used is refused alone, with its index, and those beside it go on.
 */

import { isUtf8 } from 'node:buffer';
import { EngineError, type FieldError } from '#domain';
import { createEntryCheck, mayHide } from './entry-check.ts';
import { createLineSplitter } from './line-splitter.ts';

/** Entries in the order sent. `refused` holds those that never reach the engine. */
export interface Entries {
  readonly count: number;
  /** The readable ones and where each stood. */
  readonly good: readonly unknown[];
  readonly goodAt: readonly number[];
  readonly refused: ReadonlyMap<number, readonly FieldError[]>;
}

export interface EntryLimits {
  readonly bodyBytes: number;
  readonly bodyEntries: number;
}

const unreadable = (reason: string, cause?: unknown): EngineError =>
  new EngineError('malformed_body', reason, { fields: [{ field: 'body', reason }], cause });

const tooMany = (limit: number): EngineError => {
  const reason = `the body holds more than ${limit} entries: nothing of it was taken`;
  return new EngineError('body_too_large', reason, { fields: [{ field: 'body', reason }] });
};

const tooLarge = (limit: number): EngineError => {
  const reason = `the body is larger than ${limit} bytes: nothing of it was taken`;
  return new EngineError('body_too_large', reason, { fields: [{ field: 'body', reason }] });
};

/** V8 quotes the text around the fault; that text is the listener's data, so only the place is told. */
const placeOf = (error: unknown): string => / (at position \d+|Unexpected end)/.exec(String(error))?.[1] ?? 'somewhere';

const collect = () => {
  const good: unknown[] = [];
  const goodAt: number[] = [];
  const refused = new Map<number, readonly FieldError[]>();
  let count = 0;
  return {
    take(value: unknown, problem: FieldError | null): void {
      if (problem === null) {
        good.push(value);
        goodAt.push(count);
      } else refused.set(count, [problem]);
      count += 1;
    },
    get count() {
      return count;
    },
    done: (): Entries => ({ count, good, goodAt, refused }),
  };
};

/**
 * One JSON array, or one object.
 * @throws {EngineError} malformed_body, body_too_large
 */
export const readJsonEntries = (body: Buffer, { bodyEntries }: EntryLimits): Entries => {
  if (body.length === 0) throw unreadable('the body is empty: expected a JSON array or object');
  if (!isUtf8(body)) throw unreadable('the body is not UTF-8');
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw unreadable(`the body is not JSON: it breaks ${placeOf(error)}`, error);
  }
  if (typeof json !== 'object' || json === null) {
    throw unreadable(`expected a JSON array or object, got ${json === null ? 'null' : `a ${typeof json}`}`);
  }
  const values: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (values.length > bodyEntries) throw tooMany(bodyEntries);
  const check = createEntryCheck(mayHide(text));
  const entries = collect();
  for (const value of values) entries.take(value, check(value));
  return entries.done();
};

/** One NDJSON line; blank lines are no entries. */
const readLine = (line: Buffer): { readonly value: unknown; readonly problem: FieldError | null } | null => {
  if (!isUtf8(line)) return { value: null, problem: { field: '', reason: 'the line is not UTF-8' } };
  const text = line.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return { value, problem: createEntryCheck(mayHide(text))(value) };
  } catch (error) {
    return { value: null, problem: { field: '', reason: `the line is not JSON: it breaks ${placeOf(error)}` } };
  }
};

/**
 * NDJSON, split while it arrives. A line that cannot be read is refused alone; the index counts lines that are not blank.
 * @throws {EngineError} body_too_large: then nothing has been taken.
 */
export const readNdjsonEntries = async (chunks: AsyncIterable<Buffer>, limits: EntryLimits): Promise<Entries> => {
  const entries = collect();
  const splitter = createLineSplitter((line) => {
    const read = readLine(line);
    if (read === null) return;
    if (entries.count === limits.bodyEntries) throw tooMany(limits.bodyEntries);
    entries.take(read.value, read.problem);
  });
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
    splitter.push(chunk);
  }
  splitter.end();
  if (bytes === 0) throw unreadable('the body is empty: expected one JSON object a line');
  return entries.done();
};
