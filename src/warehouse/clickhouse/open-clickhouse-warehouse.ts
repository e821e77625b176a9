/** The warehouse on a ClickHouse server, over HTTP. */

import { Readable } from 'node:stream';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { INSERT_SETTINGS } from '../bounds.ts';
import { ClickhouseWarehouse } from '../clickhouse-warehouse.ts';
import type { EngineLink } from '../engine-link.ts';
import type { QueryParams, Warehouse } from '../warehouse.ts';

export interface ClickhouseWarehouseOptions {
  /** `http://user:password@host:8123/database`. */
  readonly url: string;
}

const REQUEST_TIMEOUT_MS = 120_000;

/** @throws {EngineError} warehouse_unavailable when the server does not answer. */
export const openClickhouseWarehouse = ({ url }: ClickhouseWarehouseOptions): Promise<Warehouse> =>
  ClickhouseWarehouse.open(
    new HttpLink(createClient({ url, request_timeout: REQUEST_TIMEOUT_MS, application: 'ritornello' })),
  );

const encoder = new TextEncoder();

/** A server that fails midway may say so in place of a row. */
const lineOf = ({ text }: { readonly text: string }): string => {
  if (text.startsWith('{')) return `${text}\n`;
  throw new Error(text);
};

class HttpLink implements EngineLink {
  readonly #client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.#client = client;
  }

  async query<Row>(sql: string, params: QueryParams): Promise<Row[]> {
    const result = await this.#client.query({ query: sql, query_params: params, format: 'JSONEachRow' });
    return result.json<Row>();
  }

  async *stream(sql: string, params: QueryParams): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const result = await this.#client.query({ query: sql, query_params: params, format: 'JSONEachRow' });
    // Encoded, not `Buffer.from`: short ones would lie in the pool, which is no one's to hand on.
    for await (const rows of result.stream()) yield encoder.encode(rows.map(lineOf).join(''));
  }

  async command(sql: string, params: QueryParams): Promise<void> {
    await this.#client.command({ query: sql, query_params: params });
  }

  async insert(table: string, lines: Buffer): Promise<void> {
    const values = Readable.from([lines], { objectMode: false });
    await this.#client.insert({ table, values, format: 'JSONEachRow', clickhouse_settings: { ...INSERT_SETTINGS } });
  }

  async ping(): Promise<void> {
    const answer = await this.#client.ping({ select: true });
    if (!answer.success) throw answer.error;
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
