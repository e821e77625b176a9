/** The warehouse: every event in tables, asked with named queries in one dialect, ClickHouse SQL. */

import type { EventKind, UserId } from '#domain';

/** One table an event kind, `item`, and `unit`: what definitions of success read, assembled and short-lived. */
export type TableName = EventKind | 'item' | 'unit';

/** Made from the events: sessions, and what a view sums of them. */
export type DerivedTable = 'session' | 'user_day';

export type QueryParams = Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>;

/**
 * One query: what it is called, what one row of its answer is, and the SQL.
 * Values are bound by the server (`{user_id:String}`), never written into the text.
 */
export interface Query<Params extends QueryParams, Row> {
  readonly name: string;
  readonly description: string;
  /** What one row is, e.g. "user × day". */
  readonly grain: string;
  readonly sql: string;
  /** Column → ClickHouse type; held equal to DESCRIBE by a test. */
  readonly columns: Readonly<Record<keyof Row & string, string>>;
  /** Values with which a test runs it. */
  readonly example: Params;
}

export interface Warehouse {
  /**
   * Adds rows as JSON lines and resolves when they are on disk: events of `toRow`, each with its journal `sequence`; of
   * derived tables `session` and `derivation`, the rest being filled by views. Bytes are whole lines, each ended.
   */
  insert(table: TableName | 'session' | 'derivation', rows: readonly string[] | Buffer): Promise<void>;
  query<Params extends QueryParams, Row>(query: Query<Params, Row>, params: Params): Promise<Row[]>;
  /**
   * As `query`, block after block of JSON lines, so that a large answer never stands in memory whole: `streamRows` reads them.
   * Nobody else reads the bytes of a block, so they may be handed to another thread. It is stopped after so many seconds, the
   * time that its reader takes included; without them never.
   */
  stream<Params extends QueryParams, Row>(
    query: Query<Params, Row>,
    params: Params,
    seconds?: number,
  ): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Removes all rows of a user from every table, derived ones too, on disk; rows of events removed per table. */
  eraseUser(userId: UserId): Promise<Readonly<Record<TableName, number>>>;
  /** Empties every table; with a prefix, only of the users and items whose id (after the type) begins with it. */
  clear(prefix?: string): Promise<void>;
  /** Answers when the engine does. @throws {EngineError} warehouse_unavailable */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Rows in, and questions answered: what work on the events needs, in whatever thread. */
export type WarehouseRows = Pick<Warehouse, 'insert' | 'query' | 'stream'>;
