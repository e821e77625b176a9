/** Some records as columns, for a message: their rows are one block of bytes, copied at once. */

import type { JournalRecord, RecordKind, Sequence } from '../journal.ts';

/** What one look finds. */
export interface Piece {
  readonly sequences: Sequence[];
  readonly kinds: RecordKind[];
  readonly userIds: JournalRecord['userId'][];
  readonly eventIds: string[];
  /** One row after the other. */
  readonly rows: Uint8Array;
  /** Where each row ends in them. */
  readonly ends: number[];
  /** Where the next look begins; null when nothing is left. */
  readonly next: Sequence | null;
}

const FIRST_BYTES = 2 ** 16;

/** Makes one piece after the other. Rows are copied: those of the records may lie in memory that is about to change. */
export class PieceBuilder {
  #columns = emptyColumns();
  /** Used again for the next piece. */
  #rows = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #bytes = 0;

  get records(): number {
    return this.#columns.ends.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add({ sequence, kind, userId, eventId, row }: JournalRecord): void {
    const { sequences, kinds, userIds, eventIds, ends } = this.#columns;
    const end = this.#bytes + row.length;
    if (end > this.#rows.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(end, 2 * this.#rows.length));
      this.#rows.copy(larger, 0, 0, this.#bytes);
      this.#rows = larger;
    }
    row.copy(this.#rows, this.#bytes);
    this.#bytes = end;
    sequences.push(sequence);
    kinds.push(kind);
    userIds.push(userId);
    eventIds.push(eventId);
    ends.push(end);
  }

  /** What was added since the last piece. */
  build(next: Sequence | null): Piece {
    const piece = { ...this.#columns, rows: Uint8Array.prototype.slice.call(this.#rows, 0, this.#bytes), next };
    // Nothing of somebody who is erased is left.
    this.#rows.fill(0, 0, this.#bytes);
    this.#columns = emptyColumns();
    this.#bytes = 0;
    return piece;
  }
}

const emptyColumns = (): Omit<Piece, 'rows' | 'next'> => ({
  sequences: [],
  kinds: [],
  userIds: [],
  eventIds: [],
  ends: [],
});

/** Piece after piece from `from` on, at most `limit` records. */
export const readPieces = async (
  pieceOf: (from: Sequence, limit: number) => Promise<Piece>,
  from: Sequence,
  limit: number,
): Promise<readonly JournalRecord[]> => {
  const found: JournalRecord[] = [];
  for (let next: Sequence | null = from; next !== null && found.length < limit; ) {
    const piece: Piece = await pieceOf(next, limit - found.length);
    for (const record of recordsOf(piece)) found.push(record);
    next = piece.next;
  }
  return found;
};

/** The rows lie in the memory of the piece. */
export const recordsOf = ({ sequences, kinds, userIds, eventIds, rows, ends }: Piece): JournalRecord[] => {
  const bytes = Buffer.from(rows.buffer, rows.byteOffset, rows.length);
  return sequences.map((sequence, n) => ({
    sequence,
    kind: kinds[n]!,
    userId: userIds[n]!,
    eventId: eventIds[n]!,
    row: bytes.subarray(n === 0 ? 0 : ends[n - 1]!, ends[n]!),
  }));
};
