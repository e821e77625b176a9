/** How the journal stands, where every thread that may append reads it: as it was when the last of all answers was given. */

import type { JournalStatus } from '../journal.ts';

const FIRST = 0;
const NEXT = 1;
const BYTES = 2;
/** Entries that stood ahead of the journal, so far, and those of them that it has by now. */
const TAKEN = 3;
const STORED = 4;
/** 1 while the journal refuses them. */
const REFUSED = 5;
const NUMBERS = 6;

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

export interface AheadStatus {
  readonly taken: number;
  readonly stored: number;
  readonly isRefused: boolean;
}

export const readAheadStatus = (shared: SharedArrayBuffer): AheadStatus => {
  const numbers = new BigInt64Array(shared);
  const at = (index: number): number => Number(Atomics.load(numbers, index));
  return { taken: at(TAKEN), stored: at(STORED), isRefused: at(REFUSED) === 1 };
};

export const addTaken = (shared: SharedArrayBuffer, entries: number): void => {
  Atomics.add(new BigInt64Array(shared), TAKEN, BigInt(entries));
};

export const addStored = (shared: SharedArrayBuffer, entries: number): void => {
  Atomics.add(new BigInt64Array(shared), STORED, BigInt(entries));
};

export const sayRefused = (shared: SharedArrayBuffer, isRefused: boolean): void => {
  Atomics.store(new BigInt64Array(shared), REFUSED, isRefused ? 1n : 0n);
};
