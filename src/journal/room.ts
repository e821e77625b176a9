/** How much may wait in the journal. */

import { EngineError } from '#domain';
import type { JournalStatus } from './journal.ts';

const MAX_JOURNAL_BYTES = 4 * 2 ** 30;

/** Before anything is appended. @throws {EngineError} unavailable too much waits for the warehouse. */
export const assertRoom = ({ bytes }: Pick<JournalStatus, 'bytes'>, limit: number = MAX_JOURNAL_BYTES): void => {
  if (bytes <= limit) return;
  throw new EngineError(
    'unavailable',
    `${mebibytes(bytes)} MiB of events wait for the warehouse; no more than ${mebibytes(limit)} MiB may`,
  );
};

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
