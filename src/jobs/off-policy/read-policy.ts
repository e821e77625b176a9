/** A policy that does not look at the context: probabilities of actions by position. */

import { EngineError } from '#domain';
import { readNumbers } from './read-table.ts';

/** π(a | position). */
export interface PositionPolicy {
  readonly actionCount: number;
  readonly positionCount: number;
  probability(action: number, position: number): number;
}

export interface PolicyShape {
  readonly actionCount: number;
  readonly positionCount: number;
}

/** Columns sum to one up to the digits of the file. */
const TOLERANCE = 1e-6;

/**
 * A CSV file without a header: one row an action, one column a position; a single column holds for every position.
 * @throws {EngineError} unreadable_file; invalid_data when there are fewer actions or positions than the log has, a
 * probability is outside [0, 1], or a position's do not sum to 1.
 */
export const readPositionPolicy = async (
  path: string,
  { actionCount, positionCount }: PolicyShape,
): Promise<PositionPolicy> => {
  const rows = await readNumbers(path);
  const width = rows[0]?.length ?? 0;
  const wrong = (message: string): EngineError => new EngineError('invalid_data', `${path}: ${message}`);
  if (rows.length < actionCount) throw wrong(`${rows.length} actions: the log has ${actionCount}`);
  if (width !== 1 && width < positionCount) throw wrong(`${width} positions: the log has ${positionCount}`);
  const uneven = rows.findIndex((row) => row.length !== width);
  if (uneven !== -1) throw wrong(`line ${uneven + 1} has ${rows[uneven]!.length} columns, expected ${width}`);
  const outside = rows.findIndex((row) => row.some((probability) => probability < 0 || probability > 1));
  if (outside !== -1) throw wrong(`line ${outside + 1} has a probability outside 0 to 1`);
  for (let position = 0; position < width; position++) {
    const sum = rows.reduce((total, row) => total + row[position]!, 0);
    if (Math.abs(sum - 1) > TOLERANCE) throw wrong(`probabilities of column ${position + 1} sum to ${sum}, expected 1`);
  }
  return {
    actionCount: rows.length,
    positionCount,
    probability: (action, position) => rows[action]![width === 1 ? 0 : position]!,
  };
};
