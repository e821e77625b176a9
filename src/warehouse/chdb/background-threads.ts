/** The threads in which the embedded engine merges parts: work that nobody waits for. */

import { readdirSync, readFileSync } from 'node:fs';
import { giveWay } from '#threads';

const TASKS = '/proc/self/task';
/** As the engine calls those that merge. */
const MERGING = 'MergeMutate';

/** They take what all others leave of the processors. On Linux; elsewhere nothing happens. */
export const letMergesGiveWay = async (): Promise<void> => {
  if (process.platform !== 'linux') return;
  await giveWay(
    readdirSync(TASKS)
      .filter((thread) => nameOf(thread) === MERGING)
      .map(Number),
  );
};

const nameOf = (thread: string): string | null => {
  try {
    return readFileSync(`${TASKS}/${thread}/comm`, 'latin1').trimEnd();
  } catch {
    // It has ended meanwhile.
    return null;
  }
};
