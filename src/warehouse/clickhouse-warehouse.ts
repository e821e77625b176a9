/** The warehouse on a ClickHouse engine, embedded or served: one SQL, one behaviour, whatever the link. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { EngineError, type UserId } from '#domain';
import { bounded, boundedStream } from './bounds.ts';
import { asEngineError } from './engine-errors.ts';
import type { EngineLink } from './engine-link.ts';
import { migrate } from './migrate.ts';
import { derivedRows } from './queries/derived-rows.ts';
import { userRows } from './queries/user-rows.ts';
import { DERIVED_TABLES, TABLES } from './tables.ts';
import type { Query, QueryParams, TableName, Warehouse } from './warehouse.ts';

/** The tables that hold listeners' rows. */
const PERSONAL: readonly TableName[] = TABLES.filter((table) => table !== 'item');

/** A mutation that is done stays on disk with its text, and the text names the user. */
const FORGET_MUTATIONS = 'KILL MUTATION WHERE database = currentDatabase() AND table = {table:String} AND is_done SYNC';

/** Whether a row belongs to the users or items of a prefix. */
const BEGINS = {
  user: 'startsWith(user_id, {prefix:String})',
  item: "startsWith(substring(item_id, position(item_id, ':') + 1), {prefix:String})",
} as const;

export class ClickhouseWarehouse implements Warehouse {
  readonly #link: EngineLink;
  #isClosed = false;

  private constructor(link: EngineLink) {
    this.#link = link;
  }

  /** Applies what is missing of the schema, then takes rows and questions. Closes the link when that fails. */
  static async open(link: EngineLink): Promise<Warehouse> {
    try {
      await migrate(link);
      return new ClickhouseWarehouse(link);
    } catch (error) {
      await link.close();
      throw asEngineError(error, 'the schema cannot be brought up to date');
    }
  }

  async insert(table: TableName | 'session' | 'derivation', rows: readonly string[] | Buffer): Promise<void> {
    if (rows.length === 0) return;
    const lines = Buffer.isBuffer(rows) ? rows : await linesOf(rows);
    await this.#try(`rows cannot be added to ${table}`, () => this.#link.insert(table, lines));
  }

  query<Params extends QueryParams, Row>(query: Query<Params, Row>, params: Params): Promise<Row[]> {
    return this.#try(`query ${query.name} failed`, () => this.#link.query<Row>(bounded(query.sql), params));
  }

  async *stream<Params extends QueryParams, Row>(
    query: Query<Params, Row>,
    params: Params,
    seconds?: number,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    this.#assertOpen();
    try {
      yield* this.#link.stream(boundedStream(query.sql, seconds), params);
    } catch (error) {
      throw asEngineError(error, `query ${query.name} failed`);
    }
  }

  async eraseUser(userId: UserId): Promise<Readonly<Record<TableName, number>>> {
    const before = await this.#rowsOf(userId);
    const derived = await this.#derivedRowsOf(userId);
    for (const table of [...PERSONAL.filter((name) => before[name] > 0), ...Object.keys(derived)]) {
      await this.#try(`rows cannot be erased from ${table}`, () =>
        this.#link.command(`ALTER TABLE ${table} DELETE WHERE user_id = {user_id:String} SETTINGS mutations_sync = 2`, {
          user_id: userId,
        }),
      );
    }
    // In tables without rows too: a run that was killed may have deleted them and forgotten nothing.
    for (const table of [...PERSONAL, ...DERIVED_TABLES]) {
      await this.#try(`the deletion from ${table} cannot be forgotten`, () =>
        this.#link.command(FORGET_MUTATIONS, { table }),
      );
    }
    const after = { ...(await this.#rowsOf(userId)), ...(await this.#derivedRowsOf(userId)) };
    const left = Object.entries(after).filter(([, rows]) => rows > 0);
    if (left.length > 0) {
      const where = left.map(([table, rows]) => `${rows} in ${table}`).join(', ');
      throw new EngineError('internal', `rows of the user are left after erasing: ${where}`);
    }
    return before;
  }

  async clear(prefix?: string): Promise<void> {
    if (prefix === undefined) await this.#link.command('TRUNCATE TABLE derivation', {});
    for (const table of [...TABLES, ...DERIVED_TABLES]) {
      await this.#try(`${table} cannot be emptied`, () =>
        prefix === undefined
          ? this.#link.command(`TRUNCATE TABLE ${table}`, {})
          : this.#link.command(
              `ALTER TABLE ${table} DELETE WHERE ${BEGINS[table === 'item' ? 'item' : 'user']} SETTINGS mutations_sync = 2`,
              { prefix },
            ),
      );
    }
  }

  async ping(): Promise<void> {
    try {
      this.#assertOpen();
      await this.#link.ping();
    } catch (error) {
      throw new EngineError('warehouse_unavailable', `the warehouse does not answer: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#link.close();
  }

  async #rowsOf(userId: UserId): Promise<Record<TableName, number>> {
    const rows = await this.query(userRows, { user_id: userId });
    const found = new Map(rows.map((row) => [row.kind, row.row_count]));
    return Object.fromEntries(TABLES.map((table) => [table, found.get(table) ?? 0])) as Record<TableName, number>;
  }

  /** Rows that were made from the user's events, of the tables that hold some. */
  async #derivedRowsOf(userId: UserId): Promise<Record<string, number>> {
    const rows = await this.query(derivedRows, { user_id: userId });
    return Object.fromEntries(rows.map(({ name, row_count }) => [name, row_count]));
  }

  async #try<Result>(doing: string, call: () => Promise<Result>): Promise<Result> {
    this.#assertOpen();
    try {
      return await call();
    } catch (error) {
      throw asEngineError(error, doing);
    }
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new EngineError('warehouse_unavailable', 'the warehouse is closed');
  }
}

/** Characters that become bytes in one turn of the event loop: about a millisecond. */
const CHARACTERS_A_TURN = 2 ** 20;

/** Rows as lines, some at a time with room for others between them. */
const linesOf = async (rows: readonly string[]): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let [from, characters] = [0, 0];
  for (const [n, row] of rows.entries()) {
    characters += row.length;
    if (characters < CHARACTERS_A_TURN && n + 1 < rows.length) continue;
    pieces.push(Buffer.from(`${rows.slice(from, n + 1).join('\n')}\n`));
    [from, characters] = [n + 1, 0];
    if (from < rows.length) await nextTurn();
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
};
