/** What is acknowledged and not yet in the warehouse. */

import { fromRow, type ListenerEvent, type UserId } from '#domain';
import type { Journal, JournalRecord } from '#journal';

const PIECE = 2000;

/** The tail as it is now, oldest first. The records come in pieces: the tail is long when the warehouse was away. */
export function* tailRecords(journal: Journal): Generator<JournalRecord> {
  const { first, next } = journal.status();
  for (let from = first; from < next; ) {
    const piece = journal.read(from, PIECE);
    const last = piece.at(-1);
    if (last === undefined) return;
    for (const record of piece) if (record.sequence < next) yield record;
    from = last.sequence + 1;
  }
}

export const eventOf = (record: JournalRecord): ListenerEvent | null =>
  record.kind === 'item' ? null : fromRow(record.kind, JSON.parse(record.row) as Record<string, unknown>);

export const tailOfUser = (journal: Journal, userId: UserId): readonly ListenerEvent[] => {
  const events: ListenerEvent[] = [];
  for (const record of tailRecords(journal)) {
    const event = record.userId === userId ? eventOf(record) : null;
    if (event !== null) events.push(event);
  }
  return events;
};
