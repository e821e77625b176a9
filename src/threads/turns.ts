/** Long work on a thread that others wait for, too. */

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longer than this others do not wait, milliseconds; but for a step that takes longer by itself. */
const TURN_MS = 5;

/** To be called after each step: lets others go first once the steps since they last could have taken their time. */
export const createTurns = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await nextTurn();
    since = performance.now();
  };
};
