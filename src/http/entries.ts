/**
 * A body of events or items → its entries. The body as a whole is refused only when it cannot be read; an entry that
 * cannot be used is refused alone, with its index, and those beside it go on.
 */

import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EngineError, type FieldError } from '#domain';
import { createEntryCheck, mayHide } from './entry-check.ts';
import { isArray, NoJsonArray, piecesOfArray, startOf } from './json-pieces.ts';
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

/** Bytes of JSON that are parsed in one turn of the event loop: a millisecond or two. */
const PIECE_BYTES = 128 * 1024;

/**
 * One JSON array, or one object. A large array is read in pieces, with room for others between them.
 * @throws {EngineError} malformed_body, body_too_large
 */
export const readJsonEntries = async (
  body: Buffer,
  { bodyEntries }: EntryLimits,
  pieceBytes: number = PIECE_BYTES,
): Promise<Entries> => {
  if (body.length === 0) throw unreadable('the body is empty: expected a JSON array or object');
  if (!isUtf8(body)) throw unreadable('the body is not UTF-8');
  const entries = collect();
  for await (const { values, text } of isArray(body) ? arrayParts(body, pieceBytes) : [onePart(body)]) {
    if (entries.count + values.length > bodyEntries) throw tooMany(bodyEntries);
    const check = createEntryCheck(mayHide(text));
    for (const value of values) entries.take(value, check(value));
  }
  return entries.done();
};

interface Part {
  readonly values: readonly unknown[];
  readonly text: string;
}

const noJson = (place: string, cause: unknown): EngineError =>
  unreadable(`the body is not JSON: it breaks ${place}`, cause);

const onePart = (body: Buffer): Part => {
  const text = body.toString('utf8', startOf(body));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw noJson(placeOf(error), error);
  }
  if (typeof value === 'object' && value !== null) return { values: [value], text };
  throw unreadable(`expected a JSON array or object, got ${value === null ? 'null' : `a ${typeof value}`}`);
};

async function* arrayParts(body: Buffer, pieceBytes: number): AsyncGenerator<Part> {
  const charactersBefore = (byte: number): number => body.toString('utf8', startOf(body), byte).length;
  const breaksAt = (position: number, cause: unknown): EngineError => noJson(`at position ${position}`, cause);
  let parts = 0;
  try {
    for (const { from, to } of piecesOfArray(body, pieceBytes)) {
      if (parts > 0) await nextTurn();
      const text = body.toString('utf8', from, to);
      const values = valuesOf(text, (place, error) => breaksAt(charactersBefore(from) + place, error));
      // Nothing between two commas, or behind the last.
      if (values.length === 0 && parts > 0) throw new NoJsonArray(to);
      parts++;
      yield { values, text };
    }
  } catch (error) {
    if (error instanceof NoJsonArray) throw breaksAt(charactersBefore(error.at), error);
    throw error;
  }
}

/** Elements with commas between them; `broken` makes the error of the place where they are none. */
const valuesOf = (text: string, broken: (place: number, error: unknown) => EngineError): readonly unknown[] => {
  try {
    return JSON.parse(`[${text}]`) as readonly unknown[];
  } catch (error) {
    const place = Number(/ at position (\d+)/.exec(String(error))?.[1] ?? text.length + 1);
    throw broken(place - 1, error);
  }
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
