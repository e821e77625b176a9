/** The closed forms in which chain models were published: counts instead of expected counts. */

import type { ChainParameters } from './chain-kinds.ts';
import type { ClickSessions } from './click-sessions.ts';

/**
 * Counts for cascade, dcm and sdbn [Chuklin2015, section 4.1], in place: everything down to the last click was examined, and
 * everything in a session without a click; nobody who clicked for the last time went on. Of the cascade model only what
 * stands down to the first click counts. Quick, and lower in going on than maximum likelihood, which knows that the
 * last click need not have ended the session.
 */
export const countChain = (
  name: 'cascade' | 'dcm' | 'sdbn',
  sessions: ClickSessions,
  parameters: ChainParameters,
): void => {
  const { size, slots, items, itemCount, clicks } = sessions;
  const examined = new Float64Array(itemCount);
  const clicked = new Float64Array(itemCount);
  const ended = new Float64Array(itemCount);
  const slotClicked = new Float64Array(slots);
  const slotEnded = new Float64Array(slots);
  for (let session = 0; session < size; session++) {
    const own = clicks.subarray(session * slots, (session + 1) * slots);
    const end = name === 'cascade' ? own.indexOf(1) : own.lastIndexOf(1);
    for (let slot = 0; slot <= (end === -1 ? slots - 1 : end); slot++) {
      const item = items[session * slots + slot]!;
      examined[item]!++;
      if (own[slot] !== 1) continue;
      clicked[item]!++;
      slotClicked[slot]!++;
      if (slot !== end) continue;
      ended[item]!++;
      slotEnded[slot]!++;
    }
  }
  divide(clicked, examined, parameters.attraction);
  divide(ended, clicked, parameters.satisfaction);
  divide(
    slotClicked.map((count, slot) => count - slotEnded[slot]!),
    slotClicked,
    parameters.goOnBySlot,
  );
};

/** What was never counted keeps its value. */
const divide = (hits: Float64Array, all: Float64Array, into: Float64Array): void => {
  for (let n = 0; n < into.length; n++) if (all[n]! > 0) into[n] = hits[n]! / all[n]!;
};
