/** The next records of the journal, bounded in number and bytes, read in slices that leave the event loop free between. */

import type { Journal, JournalRecord, Sequence } from '#journal';

/** Records read in one go: about a millisecond. */
const SLICE = 500;
/** With a long tail the event loop is busy, and each turn waited for is long: fewer, larger slices keep the pace. */
const LONG_TAIL = 20_000;
const LARGE_SLICE = 2500;

export interface JournalBatch {
  readonly records: readonly JournalRecord[];
  /** Everything before this has been read. */
  readonly end: Sequence;
}

export const readBatch = async (journal: Journal, maxRecords: number, maxBytes: number): Promise<JournalBatch> => {
  const { first, next, bytes } = journal.status();
  const averageBytes = Math.max(1, bytes / Math.max(1, next - first));
  // Some rows are a megabyte: a slice of them must not take the whole heap.
  const slice = Math.max(
    1,
    Math.min(next - first > LONG_TAIL ? LARGE_SLICE : SLICE, Math.floor(maxBytes / averageBytes)),
  );
  const records: JournalRecord[] = [];
  let size = 0;
  let end = first;
  while (records.length < maxRecords && size < maxBytes) {
    const read = await journal.read(end, Math.min(slice, maxRecords - records.length));
    if (read.length === 0) return { records, end: Math.max(end, next) };
    for (const record of read) {
      records.push(record);
      size += record.row.length;
    }
    end = read.at(-1)!.sequence + 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { records, end };
};
