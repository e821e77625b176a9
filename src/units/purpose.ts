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

/** The intent that tags name; empty when none does. */
export const purposeOf = (tags: readonly string[]): Intent | '' => {
  for (const tag of tags) {
    const purpose = PURPOSE_WORDS[tag.toLowerCase()];
    if (purpose !== undefined) return purpose;
  }
  return '';
};

/** What editors say of a pool. */
export interface EditorialPool {
  readonly title: string | null;
  readonly purpose: string | null;
  readonly items: readonly string[];
}

/** Letters and digits between white space and punctuation, as ClickHouse's splitByNonAlpha takes them. */
const WORDS = /[^\s!-/:-@[-`{-~]+/g;

/**
 * Item → what editors' pools say it is for: the first word of title and purpose that names an intent. Items of pools that
 * disagree say nothing. The twin of `pool_purpose` in the query `sessions`.
 */
export const poolPurposes = (pools: readonly EditorialPool[]): ReadonlyMap<string, Intent> => {
  const found = new Map<string, Intent | null>();
  for (const { title, purpose, items } of pools) {
    const isFor = purposeOf(`${title ?? ''} ${purpose ?? ''}`.match(WORDS) ?? []);
    if (isFor === '') continue;
    for (const item of items) found.set(item, (found.has(item) ? found.get(item) : isFor) === isFor ? isFor : null);
  }
  return new Map([...found].flatMap(([item, isFor]) => (isFor === null ? [] : [[item, isFor] as const])));
};
