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
  streamLines(query: AnyQuery, params: QueryParams, seconds?: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

export const lendRows = (warehouse: WarehouseRows): LentRows => ({
  insertLines: (table, { buffer, byteOffset, byteLength }) =>
    warehouse.insert(table, Buffer.from(buffer, byteOffset, byteLength)),
  streamLines: (query, params, seconds) => handOverEach(warehouse.stream(query, params, seconds)),
});

export const borrowRows = (lent: LentRows): WarehouseRows => ({
  insert: async (table, rows) => {
    if (rows.length === 0) return;
    const lines = Buffer.isBuffer(rows) ? new Uint8Array(rows) : new TextEncoder().encode(`${rows.join('\n')}\n`);
    await lent.insertLines(table, handOver(lines, lines.buffer));
  },
  query: async <Params extends QueryParams, Row>(query: Query<Params, Row>, params: Params) => {
    const whole = { stream: () => lent.streamLines(query as unknown as AnyQuery, params, MOST_SECONDS) };
    const rows: Row[] = [];
    for await (const some of streamRows(whole, query, params)) for (const row of some) rows.push(row);
    return rows;
  },
  stream: (query, params, seconds) => lent.streamLines(query as unknown as AnyQuery, params, seconds),
});
