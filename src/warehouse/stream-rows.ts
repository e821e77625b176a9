/** A stream as rows. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { piecesOfLines, rowsOfLines } from '#domain';
import { asEngineError } from './engine-errors.ts';
import type { Query, QueryParams, Warehouse } from './warehouse.ts';

/**
 * The rows of `Warehouse.stream`, some at a time, with room for others between them.
 * @throws {EngineError} what the engine says went wrong.
 */
export async function* streamRows<Params extends QueryParams, Row>(
  warehouse: Pick<Warehouse, 'stream'>,
  query: Query<Params, Row>,
  params: Params,
): AsyncGenerator<readonly Row[]> {
  for await (const block of warehouse.stream(query, params)) {
    for (const lines of piecesOfLines(block)) {
      yield parsed<Row>(lines, query.name);
      await nextTurn();
    }
  }
}

const parsed = <Row>(lines: Uint8Array, name: string): readonly Row[] => {
  try {
    return rowsOfLines<Row>(lines);
  } catch (error) {
    throw asEngineError(error, `query ${name} failed`);
  }
};
