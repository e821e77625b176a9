/** What a listener should know of an answer, in words. */

import { basisOf } from './decision.ts';
import type { ServingMemory } from './memory.ts';
import type { Taste } from './taste.ts';

/** Of a page that shelves were left out of, as many asked. */
export const BUSY_NOTICE =
  'Many are asking at once, so this page is shorter than usual; ask again in a moment for a whole one.';

export const noticesFor = (memory: ServingMemory, taste: Taste, isEmpty: boolean): readonly string[] => {
  const notices: string[] = [];
  if (memory.isStranger(taste.listener)) {
    notices.push('Your history cannot be read at the moment; this is what others here play.');
  } else if (taste.listener.isUnknown) {
    notices.push('Nothing is known of you yet. Play something, or import your history.');
  }
  const basis = basisOf(taste);
  if (basis === 'untrained') {
    notices.push('Nothing has been learned yet, so only what you played yourself and what editors chose can be shown.');
  } else if (basis === 'content_only') {
    notices.push('There are too few listeners to learn from each other; this rests on what the items are.');
  } else if (basis === 'popularity_only' && !taste.listener.isUnknown) {
    notices.push('What you played is not known to the models yet; new things are those that others here play.');
  }
  if (isEmpty && taste.listener.isUnknown) {
    notices.push('There is nothing to show yet: put items and send plays, or import a history.');
  } else if (isEmpty) {
    notices.push('You have met everything that is here: new things come with more items, or with others who listen.');
  }
  return notices;
};
