import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { ThreadCalls } from '#threads';
import { borrowRows, type LentRows, lendRows } from './lent-rows.ts';
import { queries } from './queries/index.ts';
import { streamRows } from './stream-rows.ts';
import type { WarehouseRows } from './warehouse.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const blockOf = (...rows: readonly object[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** A warehouse that answers with these blocks, and whoever borrows its rows over a port. */
const borrowed = (...blocks: readonly Uint8Array<ArrayBuffer>[]) => {
  const inserted: [string, string][] = [];
  const streamed: unknown[] = [];
  const warehouse: WarehouseRows = {
    insert: async (table, rows) => void inserted.push([table, String(rows)]),
    query: async () => expect.unreachable('its rows would be read here and copied'),
    async *stream(query, params, seconds) {
      streamed.push([query.name, params, seconds]);
      if (query.name === queries.overview.name) throw new EngineError('warehouse_unavailable', 'it is away');
      yield* blocks;
    },
  };
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  new ThreadCalls<Record<never, never>, LentRows>(port1, lendRows(warehouse));
  const calls = new ThreadCalls<LentRows, Record<never, never>>(port2, {});
  const rows = borrowRows({
    insertLines: (table, lines) => calls.ask('insertLines', table, lines),
    queryLines: (query, params) => calls.ask('queryLines', query, params),
    streamLines: (query, params, seconds) => calls.each('streamLines', query, params, seconds),
  });
  return { rows, inserted, streamed };
};

const POOLS = [{ pool: 'a' }, { pool: 'b' }];

describe('rows that are borrowed', () => {
  it('are added as the lines they are, as text and as bytes', async () => {
    const { rows, inserted } = borrowed();
    await rows.insert('play', ['{"a":1}', '{"a":"é"}']);
    const bytes = Buffer.from('{"b":1}\n');
    await rows.insert('session', bytes);
    await rows.insert('play', []);
    expect(inserted).toEqual([
      ['play', '{"a":1}\n{"a":"é"}\n'],
      ['session', '{"b":1}\n'],
    ]);
    // What was given stays whose it is.
    expect(String(bytes)).toBe('{"b":1}\n');
  });

  it('come whole where all are asked for, within the time that an answer may take', async () => {
    const blocks = POOLS.map((row) => blockOf(row));
    const { rows, streamed } = borrowed(...blocks);
    expect(await rows.query(queries.pools, {})).toEqual(POOLS);
    expect(streamed).toEqual([[queries.pools.name, {}, 60]]);
    const [one, none] = [borrowed(blockOf(...POOLS)), borrowed()];
    expect(await one.rows.query(queries.pools, {})).toEqual(POOLS);
    expect(await none.rows.query(queries.pools, {})).toEqual([]);
  });

  it('come block by block, handed over, for as long as it takes', async () => {
    const blocks = POOLS.map((row) => blockOf(row));
    const { rows, streamed } = borrowed(...blocks);
    const found = [];
    for await (const some of streamRows(rows, queries.pools, {})) found.push(some);
    expect(found).toEqual(POOLS.map((row) => [row]));
    expect(streamed).toEqual([[queries.pools.name, {}, undefined]]);
    expect(blocks.map(({ byteLength }) => byteLength)).toEqual([0, 0]);
  });

  it('fail as the warehouse did', async () => {
    const { rows } = borrowed();
    await expect(rows.query(queries.overview, {})).rejects.toMatchObject({
      code: 'warehouse_unavailable',
      message: 'it is away',
    });
  });
});
