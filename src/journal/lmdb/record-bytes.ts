/** A record as bytes: a header with the kind and the lengths of both ids in UTF-16 units, then ids and row as text. */

import type { UserId } from '#domain';
import type { JournalEntry, JournalRecord, RecordKind, Sequence } from '../journal.ts';

export const toBytes = ({ kind, userId, eventId, row }: JournalEntry): Buffer =>
  Buffer.from(`${kind} ${userId.length} ${eventId.length}\n${userId}${eventId}${row}`);

export const fromBytes = (sequence: Sequence, bytes: Buffer): JournalRecord => {
  const text = bytes.toString();
  const start = text.indexOf('\n') + 1;
  const [kind, userLength, eventLength] = text.slice(0, start - 1).split(' ');
  const userEnd = start + Number(userLength);
  const eventEnd = userEnd + Number(eventLength);
  return {
    sequence,
    kind: kind as RecordKind,
    userId: text.slice(start, userEnd) as UserId,
    eventId: text.slice(userEnd, eventEnd),
    row: text.slice(eventEnd),
  };
};
