/** A record as bytes: a header with the kind and the lengths of both ids in UTF-16 units, then ids and row as text. */

import type { UserId } from '#domain';
import type { JournalEntry, JournalRecord, RecordKind, Sequence } from '../journal.ts';

const NEWLINE = 10;
/** A UTF-16 unit takes three bytes of UTF-8 at most. */
const MOST_BYTES_A_UNIT = 3;

export const toBytes = ({ kind, userId, eventId, row }: JournalEntry): Buffer =>
  Buffer.from(`${kind} ${userId.length} ${eventId.length}\n${userId}${eventId}${row}`);

/** The row lies in the memory of `bytes`. */
export const fromBytes = (sequence: Sequence, bytes: Buffer): JournalRecord => {
  const start = bytes.indexOf(NEWLINE) + 1;
  const [kind, userLength, eventLength] = bytes.toString('latin1', 0, start - 1).split(' ');
  const userEnd = Number(userLength);
  const eventEnd = userEnd + Number(eventLength);
  const ids = bytes.toString('utf8', start, start + MOST_BYTES_A_UNIT * eventEnd).slice(0, eventEnd);
  return {
    sequence,
    kind: kind as RecordKind,
    userId: ids.slice(0, userEnd) as UserId,
    eventId: ids.slice(userEnd),
    row: bytes.subarray(start + Buffer.byteLength(ids)),
  };
};
