/** Files of interactions: who played what, how often. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { EngineError } from '#domain';

/** Names in order of first sight; a name's index is its place. */
export interface Names {
  readonly names: string[];
  indexOf(name: string): number;
}

export const createNames = (): Names => {
  const names: string[] = [];
  const indices = new Map<string, number>();
  const indexOf = (name: string): number => {
    const known = indices.get(name);
    if (known !== undefined) return known;
    indices.set(name, names.length);
    return names.push(name) - 1;
  };
  return { names, indexOf };
};

/** Row n of the file: user `users[n]` played item `items[n]` `counts[n]` times. */
export interface InteractionRows {
  readonly users: number[];
  readonly items: number[];
  readonly counts: number[];
}

/**
 * Reads a file of three columns parted by tabs, whatever its header calls them: user, item, count (positive). New users
 * and items are added to the names. @throws {EngineError} unreadable_file, with the line that is wrong.
 */
export const readInteractions = async (path: string, users: Names, items: Names): Promise<InteractionRows> => {
  const rows: InteractionRows = { users: [], items: [], counts: [] };
  let line = 0;
  for await (const text of linesOf(path)) {
    line++;
    if (line === 1 || text === '') continue;
    const fields = text.split('\t');
    const [user, item, count] = fields;
    if (fields.length !== 3 || !user || !item || !(Number(count) > 0 && Number.isFinite(Number(count)))) {
      throw new EngineError(
        'unreadable_file',
        `line ${line} of ${path} is "${text.slice(0, 100)}": expected user, item and a positive count, parted by tabs`,
      );
    }
    rows.users.push(users.indexOf(user));
    rows.items.push(items.indexOf(item));
    rows.counts.push(Number(count));
  }
  if (rows.users.length === 0) {
    throw new EngineError('unreadable_file', `${path} has no rows: expected a header and at least one interaction`);
  }
  return rows;
};

async function* linesOf(path: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new EngineError('unreadable_file', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}
