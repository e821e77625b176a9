/** What is acknowledged and not yet in the warehouse. */

import { fromRow, type ListenerEvent, type UserId } from '#domain';
import type { Journal, JournalRecord } from '#journal';

const PIECE = 2000;

/** The tail as it is now, oldest first. The records come in pieces: the tail is long when the warehouse was away. */
export async function* tailRecords(journal: Journal): AsyncGenerator<JournalRecord> {
  const { first, next } = journal.status();
  for (let from = first; from < next; ) {
    const piece = await journal.read(from, PIECE);
    const last = piece.at(-1);
    if (last === undefined) return;
    for (const record of piece) if (record.sequence < next) yield record;
    from = last.sequence + 1;
  }
}

export const eventOf = (record: JournalRecord): ListenerEvent | null =>
  record.kind === 'item' ? null : fromRow(record.kind, JSON.parse(record.row.toString()) as Record<string, unknown>);

/** What the tail has of one listener, oldest first. */
export const tailOfUser = (journal: Journal, userId: UserId): Promise<readonly JournalRecord[]> =>
  journal.read(journal.status().first, Number.POSITIVE_INFINITY, userId);
