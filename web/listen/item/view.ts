/** An item's page from its answer: the facts in words. */

import type { ItemPage } from '#api';
import { ago, counted, day } from '../../words.ts';

/** What the listener made of it, e.g. `You played it 12 times, last 3 weeks ago.` */
export const yoursWords = (yours: ItemPage['yours'], now: number): string => {
  if (yours === null) return '';
  if (yours.plays === 0) return 'You have not played this yet.';
  const times = yours.plays === 1 ? 'once' : counted(yours.plays, 'time');
  return yours.last_at === null
    ? `You played it ${times}.`
    : `You played it ${times}, last ${ago(yours.last_at, now)}.`;
};

/** Name and value of what is known; what is not known has no line. */
export const factsOf = ({ item, released_on, yours }: ItemPage): readonly (readonly [string, string])[] => {
  const facts: (readonly [string, string | null])[] = [
    ['Album', item.album],
    ['Released', released_on === null ? null : day(released_on)],
    ['Tags', item.tags.length > 0 ? item.tags.join(', ') : null],
    ['First played by you', yours?.first_at ? day(yours.first_at) : null],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
};
