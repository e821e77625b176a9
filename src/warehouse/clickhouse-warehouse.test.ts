import { expect, it } from 'vitest';
import { EVENT_KINDS, type UserId } from '#domain';
import { ClickhouseWarehouse } from './clickhouse-warehouse.ts';
import type { EngineLink } from './engine-link.ts';

it('forgets deletions in every personal table, also where a run that was killed left no rows', async () => {
  const forgotten: unknown[] = [];
  const empty: EngineLink = {
    query: async () => [],
    async *stream() {},
    command: async (sql, { table }) => {
      if (sql.startsWith('KILL MUTATION')) forgotten.push(table);
    },
    insert: async () => undefined,
    ping: async () => undefined,
    close: async () => undefined,
  };
  const warehouse = await ClickhouseWarehouse.open(empty);
  await warehouse.eraseUser('ada' as UserId);
  expect(forgotten.sort()).toEqual([...EVENT_KINDS, 'unit', 'session', 'user_day'].sort());
});
