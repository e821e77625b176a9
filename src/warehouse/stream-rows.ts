/** A stream as rows. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { piecesOfLines, rowsOfLines } from '#domain';
import type { Query, QueryParams, Warehouse } from './warehouse.ts';

/** The rows of `Warehouse.stream`, some at a time, with room for others between them. */
export async function* streamRows<Params extends QueryParams, Row>(
  warehouse: Pick<Warehouse, 'stream'>,
  query: Query<Params, Row>,
  params: Params,
): AsyncGenerator<readonly Row[]> {
  for await (const block of warehouse.stream(query, params)) {
    for (const lines of piecesOfLines(block)) {
      yield rowsOfLines<Row>(lines);
      await nextTurn();
    }
  }
}
