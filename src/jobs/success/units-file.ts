/** A file of units, one JSON object a line: read line by line, and every line that is wrong is told with its number. */

import { type FileHandle, open } from 'node:fs/promises';
import { EngineError, type FieldError } from '#domain';
import { readUnit, type Unit } from '#success';

/** Errors told of one file: enough to see what is wrong with it. */
const MOST_TOLD = 20;

/**
 * The units of a file. Empty lines are passed over. @throws {EngineError} unreadable_file when it cannot be opened,
 * invalid_data with the lines and fields that are wrong.
 */
export const readUnitsFile = async (path: string): Promise<readonly Unit[]> => {
  const units: Unit[] = [];
  const lineOf = new Map<string, number>();
  const errors: FieldError[] = [];
  let number = 0;
  for await (const line of linesOf(path)) {
    number++;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (!read.ok) {
      errors.push(
        ...read.errors.map(({ field, reason }) => ({
          field: `line ${number}${field === '' ? '' : `, ${field}`}`,
          reason,
        })),
      );
      continue;
    }
    const { unit_id } = read.unit;
    const held = lineOf.get(unit_id);
    if (held !== undefined)
      errors.push({ field: `line ${number}, unit_id`, reason: `"${unit_id}" stands in line ${held} already` });
    lineOf.set(unit_id, number);
    units.push(read.unit);
  }
  if (errors.length === 0) return units;
  const told = errors.slice(0, MOST_TOLD);
  const more = errors.length > told.length ? `; the first ${told.length} are told` : '';
  throw new EngineError(
    'invalid_data',
    `${path} has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}${more}`,
    { fields: told },
  );
};

const readLine = (line: string): ReturnType<typeof readUnit> => {
  try {
    return readUnit(JSON.parse(line));
  } catch (error) {
    return { ok: false, errors: [{ field: '', reason: `is not JSON: ${(error as Error).message}` }] };
  }
};

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await opened(path);
  try {
    yield* file.readLines();
  } finally {
    await file.close();
  }
}

const opened = async (path: string): Promise<FileHandle> => {
  try {
    const file = await open(path);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (cause) {
    throw new EngineError('unreadable_file', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  throw new EngineError('unreadable_file', `${path} is not a file`);
};
