/**
 * The warehouse: every event in tables, asked with named queries in one dialect, ClickHouse SQL.
 * `openChdbWarehouse` runs the engine in this process, `openClickhouseWarehouse` talks to a server; both are one
 * implementation on one client. `queries` is the whole list of questions anyone may ask.
 * It does not decide what is inserted, nor when: that is the writer of `#ingest`.
 */

export { type ChdbWarehouseOptions, openChdbWarehouse } from './chdb/open-chdb-warehouse.ts';
export { type ClickhouseWarehouseOptions, openClickhouseWarehouse } from './clickhouse/open-clickhouse-warehouse.ts';
export { borrowRows, type LentRows, lendRows } from './lent-rows.ts';
export { queries } from './queries/index.ts';
export { LOG_COLUMNS } from './queries/listener-log.ts';
export { type MetricRatioRow, ratioQuery } from './queries/metric-ratios.ts';
export { SESSION_SUMS } from './queries/unit-windows-sql.ts';
export { streamRows } from './stream-rows.ts';
export { withSequence } from './tables.ts';
export type { Query, QueryParams, TableName, Warehouse, WarehouseRows } from './warehouse.ts';
