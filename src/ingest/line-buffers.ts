/**
 * Records of the journal as what the warehouse takes, JSON lines with their sequence, table by table. Rows stay bytes all
 * the way, and the memory they are copied into is used again for the next batch: nothing is left for the collector of garbage.
 */

import type { JournalRecord } from '#journal';
import type { TableName } from '#warehouse';

const FIRST_BYTES = 2 ** 16;
/** More than that is given back after a batch: rows of a megabyte are rare. */
const KEPT_BYTES = 16 * 2 ** 20;
const NEWLINE = 10;
/** Of the brace that begins a row: the head brings one, and a line end takes its place. */
const BRACE_BYTES = 1;

interface Lines {
  buffer: Buffer;
  length: number;
}

export class LineBuffers {
  readonly #tables = new Map<TableName, Lines>();

  add(records: readonly JournalRecord[]): void {
    for (const { kind, sequence, row } of records) {
      const head = `{"sequence":${sequence},`;
      const lines = this.#withRoom(kind, head.length + row.length);
      lines.length += lines.buffer.write(head, lines.length, 'latin1');
      lines.length += row.copy(lines.buffer, lines.length, BRACE_BYTES);
      lines.buffer[lines.length++] = NEWLINE;
    }
  }

  /** The lines of each table that has some; they stand until the next `add` or `clear`. */
  *tables(): Generator<readonly [TableName, Buffer]> {
    for (const [table, { buffer, length }] of this.#tables) if (length > 0) yield [table, buffer.subarray(0, length)];
  }

  /** What was in them is overwritten: nothing of somebody who is erased is left. */
  clear(): void {
    for (const [table, lines] of this.#tables) {
      lines.buffer.fill(0, 0, lines.length);
      lines.length = 0;
      if (lines.buffer.length > KEPT_BYTES) this.#tables.delete(table);
    }
  }

  #withRoom(table: TableName, bytes: number): Lines {
    let lines = this.#tables.get(table);
    if (lines === undefined) {
      lines = { buffer: Buffer.allocUnsafeSlow(FIRST_BYTES), length: 0 };
      this.#tables.set(table, lines);
    }
    const needed = lines.length + bytes;
    if (needed > lines.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * lines.buffer.length));
      lines.buffer.copy(larger, 0, 0, lines.length);
      lines.buffer = larger;
    }
    return lines;
  }
}
