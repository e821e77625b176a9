/** Asks again and again until the work is over. */

import { setTimeout as delay } from 'node:timers/promises';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

export const poll = async <State>(
  ask: () => Promise<State>,
  isOver: (state: State) => boolean,
  onState: (state: State) => void,
): Promise<State> => {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const state = await ask();
    onState(state);
    if (isOver(state)) return state;
    await delay(pause);
  }
};
