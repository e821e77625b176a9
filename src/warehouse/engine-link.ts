/**
 * How the warehouse reaches its engine: the few calls in which the embedded engine and a server differ.
 * Errors are thrown as they come from the engine; the warehouse gives them their code.
 */

import type { QueryParams } from './warehouse.ts';

export interface EngineLink {
  query<Row>(sql: string, params: QueryParams): Promise<Row[]>;
  /** Blocks of JSON lines. */
  stream(sql: string, params: QueryParams): AsyncIterable<Uint8Array<ArrayBuffer>>;
  command(sql: string, params: QueryParams): Promise<void>;
  /** Rows as JSON lines. */
  insert(table: string, lines: Buffer): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
