/** How the journal stands, where every thread that may append reads it: as it was when the last of all answers was given. */

import type { JournalStatus } from '../journal.ts';

const FIRST = 0;
const NEXT = 1;
const BYTES = 2;
const NUMBERS = 3;

export const createSharedStatus = (): SharedArrayBuffer => {
  const shared = new SharedArrayBuffer(NUMBERS * BigInt64Array.BYTES_PER_ELEMENT);
  writeStatus(shared, { first: 1, next: 1, bytes: 0 });
  return shared;
};

export const writeStatus = (shared: SharedArrayBuffer, { first, next, bytes }: JournalStatus): void => {
  const numbers = new BigInt64Array(shared);
  Atomics.store(numbers, FIRST, BigInt(first));
  Atomics.store(numbers, NEXT, BigInt(next));
  Atomics.store(numbers, BYTES, BigInt(bytes));
};

export const readStatus = (shared: SharedArrayBuffer): JournalStatus => {
  const numbers = new BigInt64Array(shared);
  const at = (index: number): number => Number(Atomics.load(numbers, index));
  return { first: at(FIRST), next: at(NEXT), bytes: at(BYTES) };
};
