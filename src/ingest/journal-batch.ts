/** The next records of the journal, bounded in number and bytes, read in slices that leave the event loop free between. */

import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Journal, JournalRecord, Pace, Sequence } from '#journal';

/** Records read in one go: about a millisecond. */
const SLICE = 150;
/** Where it is to be done at once the event loop is often busy, and each turn waited for is long: fewer, larger slices. */
const LARGE_SLICE = 2500;
/** Between slices in steps: what is appended meanwhile does not wait for one read after the other. */
const PAUSE_MS = 6;

export interface BatchBounds {
  readonly records: number;
  readonly bytes: number;
}

/** Hands over the records slice by slice; resolves with the place before which everything was read. */
export const eachSlice = async (
  journal: Journal,
  most: BatchBounds,
  pace: Pace,
  use: (records: readonly JournalRecord[]) => void,
): Promise<Sequence> => {
  const { first, next, bytes } = journal.status();
  const averageBytes = Math.max(1, bytes / Math.max(1, next - first));
  // Some rows are a megabyte: a slice of them must not take the whole heap.
  const slice = Math.max(1, Math.min(pace === 'at_once' ? LARGE_SLICE : SLICE, Math.floor(most.bytes / averageBytes)));
  let [count, size, end] = [0, 0, first];
  while (count < most.records && size < most.bytes) {
    const read = await journal.read(end, Math.min(slice, most.records - count));
    if (read.length === 0) return Math.max(end, next);
    use(read);
    count += read.length;
    size = read.reduce((sum, { row }) => sum + row.length, size);
    end = read.at(-1)!.sequence + 1;
    if (pace === 'at_once') await nextTurn();
    else if (end < next) await pause(PAUSE_MS);
  }
  return end;
};
