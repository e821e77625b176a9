import { describe } from 'vitest';
import { warehouseContract } from '../warehouse.contract.ts';
import { openClickhouseWarehouse } from './open-clickhouse-warehouse.ts';

// biome-ignore lint/style/noProcessEnv: tests of a server need to know where one is; nothing else reads this.
const url = process.env['RITORNELLO_TEST_CLICKHOUSE_URL'];
if (url === undefined) {
  process.stderr.write('skipped: no ClickHouse server; set RITORNELLO_TEST_CLICKHOUSE_URL to a database of its own\n');
}

describe.skipIf(url === undefined)('the warehouse on a ClickHouse server', () => {
  warehouseContract({ open: () => openClickhouseWarehouse({ url: url! }) });
});
