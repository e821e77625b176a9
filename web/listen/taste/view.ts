/** My taste from the profile: what is known, in words. */

import type { Erasure, Profile } from '#api';
import { count, counted, day, month, span, unsnake } from '../../words.ts';

/** One sentence on the whole, e.g. `1,204 plays since 3 May 2019, 62 hours of it known to have been listened to.` */
export const wholeWords = (profile: Profile): string => {
  const since = profile.first_at === null ? '' : ` since ${day(profile.first_at)}`;
  const time = profile.listened_ms === null ? '' : `, ${span(profile.listened_ms)} of listening`;
  return `${counted(profile.plays, 'play')}${since}${time}.`;
};

export const monthsWords = (months: Profile['months']): string => {
  const best = months.reduce<Profile['months'][number] | null>(
    (most, each) => (most === null || each.plays > most.plays ? each : most),
    null,
  );
  if (best === null) return 'No play says when it was.';
  return `Over ${counted(months.length, 'month')}; most in ${month(best.month)}, with ${counted(best.plays, 'play')}.`;
};

export const daypartWords = (dayparts: Profile['dayparts']): string =>
  dayparts.length === 0 ? 'No play says at what time it was.' : 'Share of your plays by the time of your day.';

/** Where on the way from one corner of music (1) to all of it (0). */
export const breadthWords = ({ breadth }: Profile): string =>
  breadth.generalist_specialist === null
    ? `${breadth.words} Too little is known to say how broad that is.`
    : breadth.words;

/** Months without plays between the first and the last are drawn as what they are: none. */
export const fillMonths = (months: Profile['months']): Profile['months'] => {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const plays = new Map(months.map((each) => [each.month, each.plays]));
  const filled: { month: string; plays: number }[] = [];
  for (let at = new Date(`${first.month}-01T00:00:00Z`); ; at.setUTCMonth(at.getUTCMonth() + 1)) {
    const name = at.toISOString().slice(0, 7);
    filled.push({ month: name, plays: plays.get(name) ?? 0 });
    if (name >= last.month) return filled;
  }
};

export interface ErasureView {
  readonly proven: boolean;
  readonly words: string;
  readonly places: readonly (readonly [string, string])[];
}

/** What an erasure did, and whether looking again found nothing. */
export const viewErasure = ({ removed, left }: Erasure): ErasureView => {
  const rows = Object.values(removed).reduce((sum, each) => sum + each, 0);
  return {
    proven: left === 0,
    words:
      left === 0
        ? `${counted(rows, 'record')} removed. Then every place was looked through again: nothing is left.`
        : `${counted(rows, 'record')} removed, but looking again found ${count(left)} left. Please try again.`,
    places: Object.entries(removed)
      .filter(([, each]) => each > 0)
      .map(([place, each]) => [unsnake(place), count(each)] as const),
  };
};
