/** The threads in which the embedded engine merges parts: work that nobody waits for. */

import { readdirSync, readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const TASKS = '/proc/self/task';
/** As the engine calls those that merge. */
const MERGING = 'MergeMutate';

/** They take what all others leave of the processors. On Linux, where a thread has a priority of its own; elsewhere nothing happens. */
export const letMergesGiveWay = (): void => {
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync(TASKS)) {
    if (nameOf(thread) === MERGING) setPriority(Number(thread), constants.priority.PRIORITY_LOW);
  }
};

const nameOf = (thread: string): string | null => {
  try {
    return readFileSync(`${TASKS}/${thread}/comm`, 'latin1').trimEnd();
  } catch {
    // It has ended meanwhile.
    return null;
  }
};
