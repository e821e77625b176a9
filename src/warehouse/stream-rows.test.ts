import { expect, it } from 'vitest';
import { ClickhouseWarehouse } from './clickhouse-warehouse.ts';
import type { EngineLink } from './engine-link.ts';
import { queries } from './queries/index.ts';
import { streamRows } from './stream-rows.ts';

const openOn = (...blocks: string[]) => {
  const link: EngineLink = {
    query: async () => [],
    async *stream() {
      for (const block of blocks) yield new TextEncoder().encode(block);
    },
    command: async () => undefined,
    insert: async () => undefined,
    ping: async () => undefined,
    close: async () => undefined,
  };
  return ClickhouseWarehouse.open(link);
};

const readAll = async (...blocks: string[]) => {
  const rows: unknown[] = [];
  for await (const some of streamRows(await openOn(...blocks), queries.pools, {})) rows.push(...some);
  return rows;
};

it('gives the rows of all blocks', async () => {
  expect(await readAll('{"a":1}\n{"a":2}\n', '', '{"a":3}\n')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
});

it('says which query failed where a block is no JSON', async () => {
  await expect(readAll('{"a":1}\n', '{"a":\n')).rejects.toMatchObject({
    code: 'warehouse_unavailable',
    message: expect.stringContaining('query pools failed'),
  });
});
