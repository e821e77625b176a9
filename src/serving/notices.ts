/** What a listener should know of an answer, in words. */

import { basisOf } from './decision.ts';
import type { ServingMemory } from './memory.ts';
import type { Taste } from './taste.ts';

/** Of a page that shelves were left out of, as many asked. */
export const BUSY_NOTICE =
  'Many are asking at once, so this page is shorter than usual; ask again in a moment for a whole one.';

/** Reasons to leave something out, as in "the rest is …". */
const LEFT_OUT: Readonly<Record<string, string>> = {
  already_played: 'played before',
  played_in_session: 'played in this session',
  just_handed_out: 'handed out a moment ago',
  skipped_often: 'skipped again and again',
  last_four_lists: 'on one of your last four lists',
  hidden: 'hidden by you',
  disliked: 'disliked by you',
  artist_barred: 'by artists you hid or disliked',
  unavailable: 'not available',
};

/** Items left out, by reason. */
type LeftOut = Readonly<Record<string, number>>;

const MET_EVERYTHING =
  'You have met everything that is here: new things come with more items, or with others who listen.';

/** `leftOut` is what bears on this surface, all of it by default. */
export const noticesFor = (
  memory: ServingMemory,
  taste: Taste,
  isEmpty: boolean,
  leftOut: LeftOut = taste.leftOut(),
): readonly string[] => {
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
  } else if (isEmpty && basis !== 'untrained') {
    notices.push(emptyNotice(leftOut));
  }
  return notices;
};

const emptyNotice = (leftOut: LeftOut): string => {
  const reasons = Object.keys(leftOut);
  if (reasons.length === 0)
    return 'Nothing that is here fits: that may change with more items, or with others who listen.';
  if (reasons.every((reason) => reason === 'already_played')) return MET_EVERYTHING;
  return `Nothing is left to show. What would fit is ${inWords(leftOut)}.`;
};

/** Of a row with fewer cards than were asked for; none where all are there, or none at all. */
export const shortNotice = (cards: number, asked: number, leftOut: LeftOut): readonly string[] => {
  if (cards === 0 || cards >= asked) return [];
  const rest = Object.keys(leftOut).length === 0 ? 'nothing else here fits' : `the rest is ${inWords(leftOut)}`;
  return [`Only ${cards} of ${asked}: ${rest}.`];
};

/** The most frequent reason first. */
const inWords = (leftOut: LeftOut): string => {
  const reasons = Object.entries(leftOut).sort((a, b) => b[1] - a[1]);
  const words = reasons.map(([reason]) => LEFT_OUT[reason] ?? `left out as ${reason.replaceAll('_', ' ')}`);
  return [words.slice(0, -1).join(', '), words.at(-1)].filter((part) => part !== '').join(' or ');
};
