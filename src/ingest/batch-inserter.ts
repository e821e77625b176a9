/** Inserts a batch of records, one table after another, and finds the row that is at fault when a table refuses one. */

import { EngineError } from '#domain';
import type { JournalRecord } from '#journal';
import { queries, type TableName, type Warehouse, withSequence } from '#warehouse';
import type { DeadLetters } from './dead-letters.ts';
import type { LineBuffers } from './line-buffers.ts';

export class BatchInserter {
  readonly #warehouse: Warehouse;
  readonly #deadLetters: DeadLetters;
  refusedRows = 0;

  constructor(warehouse: Warehouse, deadLetters: DeadLetters) {
    this.#warehouse = warehouse;
    this.#deadLetters = deadLetters;
  }

  /** False when a table does not take a row of its lines: others may have taken theirs. */
  async insertLines(lines: LineBuffers): Promise<boolean> {
    for (const [table, rows] of lines.tables()) {
      try {
        await this.#warehouse.insert(table, rows);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return false;
      }
    }
    return true;
  }

  /** Rows may be there from an attempt that was cut off: only the missing ones are inserted. */
  async insertMissing(records: readonly JournalRecord[]): Promise<void> {
    for (const [table, rows] of byTable(records)) await this.#insertInto(table, await this.#missing(table, rows));
  }

  async #insertInto(table: TableName, records: readonly JournalRecord[]): Promise<void> {
    if (records.length === 0) return;
    try {
      await this.#warehouse.insert(
        table,
        records.map(({ row, sequence }) => withSequence(row.toString(), sequence)),
      );
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#insertHalves(table, records, error);
    }
  }

  /** One bad row must not hold up all that come after it: it is looked for by halving and becomes a dead letter. */
  async #insertHalves(table: TableName, records: readonly JournalRecord[], error: EngineError): Promise<void> {
    if (records.length === 1) {
      const entry: unknown = JSON.parse(records[0]!.row.toString());
      await this.#deadLetters.write({ origin: 'warehouse', fields: [{ field: table, reason: error.message }], entry });
      this.refusedRows += 1;
      return;
    }
    const middle = Math.ceil(records.length / 2);
    for (const half of [records.slice(0, middle), records.slice(middle)]) {
      await this.#insertInto(table, await this.#missing(table, half));
    }
  }

  async #missing(table: TableName, records: readonly JournalRecord[]): Promise<readonly JournalRecord[]> {
    const present = await this.#warehouse.query(queries.sequencesPresent, {
      table,
      from: records[0]!.sequence,
      to: records.at(-1)!.sequence + 1,
    });
    const known = new Set(present.map(({ sequence }) => sequence));
    return records.filter(({ sequence }) => !known.has(sequence));
  }
}

/** Of a row, not of the warehouse as a whole. */
const isRefusal = (error: unknown): error is EngineError =>
  error instanceof EngineError && error.code === 'invalid_data';

const byTable = (records: readonly JournalRecord[]): Map<TableName, JournalRecord[]> => {
  const tables = new Map<TableName, JournalRecord[]>();
  for (const record of records) {
    const rows = tables.get(record.kind);
    if (rows === undefined) tables.set(record.kind, [record]);
    else rows.push(record);
  }
  return tables;
};
