/**
 * A warehouse that another thread works with: whoever has it lends its rows, that thread borrows them. What is large passes
 * unread, as bytes that are handed over.
 */

import { handOver, handOverEach } from '#threads';
import { MOST_SECONDS } from './bounds.ts';
import { streamRows } from './stream-rows.ts';
import type { Query, QueryParams, TableName, WarehouseRows } from './warehouse.ts';

type AnyQuery = Query<QueryParams, unknown>;

/** What the other thread asks for: `WarehouseRows` with lines for rows. */
export interface LentRows {
  insertLines(table: TableName | 'session' | 'derivation', lines: Uint8Array<ArrayBuffer>): Promise<void>;
  /** All of them; the time that a query may take is not that of whoever reads them. */
  queryLines(query: AnyQuery, params: QueryParams): Promise<Uint8Array<ArrayBuffer>>;
  streamLines(query: AnyQuery, params: QueryParams, seconds?: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

export const lendRows = (warehouse: WarehouseRows): LentRows => ({
  insertLines: (table, { buffer, byteOffset, byteLength }) =>
    warehouse.insert(table, Buffer.from(buffer, byteOffset, byteLength)),
  queryLines: async (query, params) => {
    const blocks: Uint8Array<ArrayBuffer>[] = [];
    for await (const block of warehouse.stream(query, params, MOST_SECONDS)) blocks.push(block);
    const lines = joined(blocks);
    return handOver(lines, lines.buffer);
  },
  streamLines: (query, params, seconds) => handOverEach(warehouse.stream(query, params, seconds)),
});

export const borrowRows = (lent: LentRows): WarehouseRows => ({
  insert: async (table, rows) => {
    if (rows.length === 0) return;
    const lines = Buffer.isBuffer(rows) ? new Uint8Array(rows) : new TextEncoder().encode(`${rows.join('\n')}\n`);
    await lent.insertLines(table, handOver(lines, lines.buffer));
  },
  query: async <Params extends QueryParams, Row>(query: Query<Params, Row>, params: Params) => {
    const lines = await lent.queryLines(query as unknown as AnyQuery, params);
    const whole = { stream: () => oneOf(lines) };
    const rows: Row[] = [];
    for await (const some of streamRows(whole, query, params)) for (const row of some) rows.push(row);
    return rows;
  },
  stream: (query, params, seconds) => lent.streamLines(query as unknown as AnyQuery, params, seconds),
});

/** In memory of their own, as they are handed over. */
const joined = (blocks: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> => {
  const [first] = blocks;
  if (first !== undefined && blocks.length === 1) return first;
  const lines = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const block of blocks) {
    lines.set(block, to);
    to += block.length;
  }
  return lines;
};

async function* oneOf<Value>(value: Value): AsyncGenerator<Value> {
  yield value;
}
