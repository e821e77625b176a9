/** The embedded warehouse: the ClickHouse engine in this process, on a folder. */

import { mkdirSync } from 'node:fs';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { EngineError } from '#domain';
import { INSERT_SETTINGS } from '../bounds.ts';
import { ClickhouseWarehouse } from '../clickhouse-warehouse.ts';
import type { EngineLink } from '../engine-link.ts';
import type { QueryParams, Warehouse } from '../warehouse.ts';
import { letMergesGiveWay } from './background-threads.ts';
import { StreamsBeside } from './streams-beside.ts';

export interface ChdbWarehouseOptions {
  /** Folder of the tables; made if need be. One folder a process: the engine binds to the first. */
  readonly path: string;
}

type Chdb = typeof import('chdb');
type ClientConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>;
type ChdbConnection = ReturnType<typeof import('chdb/connection')['createChdbConnection']>;

/**
 * @throws {EngineError} engine_missing when chdb is not installed or has no build for this machine; warehouse_unavailable when the
 * folder cannot be made or opened.
 */
export const openChdbWarehouse = async ({ path }: ChdbWarehouseOptions): Promise<Warehouse> => {
  const { chdb, createChdbConnection } = await loadEngine();
  let connection: ChdbConnection;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    connection = createChdbConnection({ path });
  } catch (error) {
    throw new EngineError('warehouse_unavailable', `the engine cannot open ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const streams = new StreamsBeside(connection.chdb.session.path);
  const warehouse = await ClickhouseWarehouse.open(new EmbeddedLink(chdb, connection, streams));
  // With the first table the engine has started them.
  await letMergesGiveWay();
  return warehouse;
};

const loadEngine = async () => {
  try {
    const [chdb, { createChdbConnection }] = await Promise.all([import('chdb'), import('chdb/connection')]);
    return { chdb, createChdbConnection };
  } catch (error) {
    throw new EngineError('engine_missing', `the package chdb cannot be loaded: ${(error as Error).message}`, {
      cause: error,
    });
  }
};

/** In one thread: beside a server that answers, which has the same processors, a batch takes a third less time than in two. */
const EMBEDDED_INSERT = { ...INSERT_SETTINGS, max_threads: 1, input_format_parallel_parsing: 0 };

class EmbeddedLink implements EngineLink {
  readonly #chdb: Chdb;
  readonly #connection: ChdbConnection;
  readonly #client: ClickHouseClient;
  readonly #streams: StreamsBeside;

  constructor(chdb: Chdb, connection: ChdbConnection, streams: StreamsBeside) {
    this.#chdb = chdb;
    this.#streams = streams;
    this.#connection = connection;
    // chdb declares its own copy of the client's interface: the same shape under another name.
    this.#client = createClient({ connection: connection as unknown as ClientConnection });
  }

  async query<Row>(sql: string, params: QueryParams): Promise<Row[]> {
    const result = await this.#client.query({ query: sql, query_params: params, format: 'JSONEachRow' });
    return result.json<Row>();
  }

  /** The client would hold the whole answer. */
  stream(sql: string, params: QueryParams): AsyncIterable<Uint8Array<ArrayBuffer>> {
    return this.#streams.read(sql, params);
  }

  async command(sql: string, params: QueryParams): Promise<void> {
    await this.#client.command({ query: sql, query_params: params });
  }

  /** Straight to the engine: the client's insert would turn the bytes into a string first. */
  async insert(table: string, lines: Buffer): Promise<void> {
    await this.#connection.chdb.rawInsert({ table, values: lines, format: 'JSONEachRow', settings: EMBEDDED_INSERT });
  }

  async ping(): Promise<void> {
    const answer = await this.#client.ping({ select: true });
    if (!answer.success) throw answer.error;
  }

  async close(): Promise<void> {
    await this.#streams.close();
    await this.#client.close();
    // Without this a process that exits at once may crash inside the engine.
    await this.#chdb.drainPending();
  }
}
