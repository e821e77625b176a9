/** The account of why, in words. */

import type { Why } from '#api';
import { chance, counted, sourceWord, unsnake } from '../../words.ts';
import { basisWords } from '../home/view.ts';

/** How chance and exploration had a part in it. */
export const choiceWords = ({ explored, propensity, choices }: Pick<Why, 'explored' | 'propensity' | 'choices'>) => {
  if (choices === null) {
    const manner = explored ? 'Chosen to find out whether you like it' : 'Chosen for this place';
    return `${manner}; out of how many is not known. Its chance to stand here was ${chance(propensity)}.`;
  }
  const among = choices > 1 ? ` out of ${counted(choices, 'good choice')} for this place` : '';
  if (explored) {
    return `Chosen to find out whether you like it: one place in a few is kept for that. Its chance to stand here was ${chance(propensity)}${among}.`;
  }
  if (propensity >= 0.9995) return 'The best choice for this place; nothing was left to chance here.';
  return `The best choice for this place. Some places are kept for new things, so its chance to stand here was ${chance(propensity)}${among}.`;
};

const FILTERS: Readonly<Record<string, string>> = {
  hidden: 'hidden by you',
  disliked: 'disliked by you',
  already_played: 'played before, so not new to you',
  just_handed_out: 'played or handed out by radio a short time ago',
  last_four_lists: 'on one of your last four weekly lists',
  unavailable: 'not available',
  played_in_session: 'played in this session',
  skipped_often: 'skipped more often than played',
};

export interface Left {
  readonly reason: string;
  readonly items: number;
}

/** What was left out before the choice, most first; reasons of which there were none are not told. */
export const leftOut = (filtered: Why['filtered']): readonly Left[] =>
  Object.entries(filtered)
    .filter(([, items]) => items > 0)
    .map(([code, items]) => ({ reason: FILTERS[code] ?? unsnake(code).toLowerCase(), items }))
    .sort((a, b) => b.items - a.items);

/** For the curious: name and value of each technical part. */
export const technical = (why: Why): readonly (readonly [string, string])[] => [
  ['Source', sourceWord(why.source)],
  ['Scored by', why.stage],
  ['Score', why.score.toPrecision(4)],
  ['Probability at this place', why.propensity.toPrecision(4)],
  ['Log-probability of the page', why.log_propensity.toFixed(3)],
  ['Model', why.model],
  ['Policy', why.policy],
  ['Seed', why.seed],
  ['Slate', why.slate_id],
];

/** Notes on the whole: what answered instead of the full pipeline, and what it rests on. */
export const caveats = ({ fallback, basis }: Pick<Why, 'fallback' | 'basis'>): readonly string[] =>
  [
    fallback === null ? null : `Something less than everything answered: ${unsnake(fallback).toLowerCase()}.`,
    basisWords(basis),
  ].filter((words) => words !== null);
