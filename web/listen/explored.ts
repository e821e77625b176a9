/** What the mark of an explored card says. */

import type { Card } from '#api';

/** Claims that are only made of what the listener has played. */
const OF_THE_KNOWN: readonly string[] = ['played_item', 'forgotten'];

/** Exploration may also bring back something known: that is not called new. */
export const exploredWord = ({ explored, explanation }: Pick<Card, 'explored' | 'explanation'>): string | null => {
  if (!explored) return null;
  return explanation !== null && OF_THE_KNOWN.includes(explanation.claim) ? 'A surprise' : 'Something new';
};
