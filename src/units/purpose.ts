/** What an item or a pool is for, where its tags or its words say so. */

import type { Intent } from '#domain';

/** Word → intent; the first tag that is one of them says what an item is for. */
export const PURPOSE_WORDS: Readonly<Record<string, Intent>> = {
  sleep: 'sleep',
  lullaby: 'sleep',
  bedtime: 'sleep',
  focus: 'focus',
  study: 'focus',
  concentration: 'focus',
  desk: 'focus',
  party: 'party',
  dance: 'party',
  disco: 'party',
  workout: 'workout',
  gym: 'workout',
  running: 'workout',
  run: 'workout',
  fitness: 'workout',
  news: 'news',
  education: 'learn',
  learning: 'learn',
  background: 'background',
  ambient: 'background',
};

/** The intent that tags (or the words of a pool's purpose) name; empty when none does. */
export const purposeOf = (tags: readonly string[]): Intent | '' => {
  for (const tag of tags) {
    const purpose = PURPOSE_WORDS[tag.toLowerCase()];
    if (purpose !== undefined) return purpose;
  }
  return '';
};
