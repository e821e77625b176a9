/** Who comes back, from its answers: points, rows and words. */

import type { DiversityWire, ReturnWire } from '#api';
import { count, percent } from '../../words.ts';
import { numberWords, type SharePoint, shareWords } from './view.ts';

export interface WeekPoint {
  /** Monday, or weeks since the first visit. */
  readonly at: Date | number;
  /** Percent. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** By week of the calendar or of tenure; weeks that nobody was followed through have no point. */
export const weekPoints = ({ by, rows }: ReturnWire): readonly WeekPoint[] =>
  rows.flatMap(({ week_of, week, returned }) => {
    if (!returned.ok) return [];
    const { lower, upper } = returned.interval;
    const at = by === 'calendar' ? new Date(week_of ?? 0) : (week ?? 0);
    return [{ at, value: 100 * returned.value, lower: 100 * (lower ?? 0), upper: 100 * (upper ?? 1) }];
  });

export interface CohortRow {
  readonly cohort: string;
  /** By own week from 1; empty where the youngest was not observed through it. */
  readonly weeks: readonly string[];
}

/** Cohorts by their weeks, newest first, no more than `most` weeks. */
export const cohortRows = ({ rows }: ReturnWire, most = 12): readonly CohortRow[] => {
  const cohorts = new Map<string, string[]>();
  for (const { week_of, week, returned } of rows) {
    const weeks = cohorts.get(week_of ?? '') ?? [];
    cohorts.set(week_of ?? '', weeks);
    if (week !== null && week >= 1 && week <= most) weeks[week - 1] = shareWords(returned);
  }
  return [...cohorts]
    .map(([cohort, weeks]) => ({ cohort, weeks: Array.from(weeks, (words) => words ?? '') }))
    .sort((a, b) => (a.cohort < b.cohort ? 1 : -1));
};

const WHAT: Readonly<Record<ReturnWire['by'], string>> = {
  calendar: 'Of the listeners of each week',
  tenure: 'Of the listeners in each week since their first',
  cohort: 'Of those who first came in a week',
};

export const returnWords = (report: ReturnWire): string => {
  const { by, users, horizon, rows } = report;
  if (users === 0) return 'Nobody has listened yet.';
  const told = rows.filter(({ returned }) => returned.ok);
  if (told.length === 0) return 'Nobody has been observed long enough yet.';
  const what = by === 'cohort' ? 'who came in their own week 1, 2, …' : `who was back within ${horizon} days`;
  const last = told.at(-1)!;
  const place = last.week_of ?? `week ${last.week}`;
  const end = by === 'cohort' ? '' : ` Last told: ${place}, ${shareWords(last.returned)}.`;
  return `${WHAT[by]}, ${what}; ${count(users)} listeners.${end}`;
};

/** Fifths by diversity. */
export const diversityPoints = ({ parts }: DiversityWire): readonly (SharePoint & { readonly diversity: number })[] =>
  parts.flatMap(({ diversity, users, returned }) => {
    if (!returned.ok) return [];
    const { lower, upper } = returned.interval;
    const ends = { lower: 100 * (lower ?? 0), upper: 100 * (upper ?? 1) };
    return [{ name: `${count(users)} listeners`, diversity, value: 100 * returned.value, ...ends }];
  });

export const diversityWords = (report: DiversityWire): string => {
  const { users, too_few_plays, horizon, claim, reason, parts } = report;
  if (claim === null) return `Nothing can be said of diversity yet: ${reason}.`;
  const [least, most] = [parts[0]!.returned, parts.at(-1)!.returned];
  const ends =
    least.ok && most.ok
      ? ` Of the least diverse fifth ${percent(least.value)} are back within ${horizon} days, of the most diverse ${percent(most.value)}.`
      : '';
  return `${claim.says}${ends} ${count(users)} listeners; ${count(too_few_plays)} with too few plays.`;
};

/** What and how much: of a tenth more of diversity on the share that is back. */
export const claimLines = ({ claim }: DiversityWire): readonly (readonly [string, string])[] => {
  if (claim === null) return [];
  const { plain, adjusted, instrument, first_stage_f: f, negative_control: control, e_value: e } = claim;
  return [
    ['Association, plain', numberWords(plain)],
    ['Association among listeners of equal plays, active days and tenure', numberWords(adjusted)],
    ...(instrument === null
      ? []
      : [[`Effect by the arms${f === null ? '' : `, F ${f.toFixed(1)}`}`, numberWords(instrument)] as const]),
    ...(control === null ? [] : [['Negative control: there before', numberWords(control)] as const]),
    ...(e === null
      ? []
      : [['E-value', `${e.value.toFixed(2)}, ${e.interval.toFixed(2)} at the end next to 0`] as const]),
  ];
};
