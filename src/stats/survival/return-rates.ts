/** Who comes back: by the week they first came, by week of the calendar, and by how long they have been here. */

import type { Estimate } from '#domain';
import { type LevelOption, levelOf } from '../estimates/level.ts';
import { proportionEstimate } from '../estimates/proportion.ts';
import { kaplanMeier, survivalAt } from './kaplan-meier.ts';

/** Days on which users were there, one entry a user and day, in any order; a repeated one changes nothing. */
export interface ActiveDays {
  /** Dense index of the user. */
  readonly users: ArrayLike<number>;
  /** Whole days, e.g. since 1970. */
  readonly days: ArrayLike<number>;
}

export interface ReturnOptions extends LevelOption {
  /** The day after the last that was observed. */
  readonly until: number;
  /** First day of some week: weeks count from here. 1970-01-05, day 4, was a Monday. */
  readonly weekStart?: number;
}

interface Visits {
  readonly days: readonly number[];
  readonly first: number;
}

/** Each user's days before `until`, ascending. */
const visitsOf = ({ users, days }: ActiveDays, until: number): readonly Visits[] => {
  const sets = new Map<number, Set<number>>();
  for (let i = 0; i < users.length; i++) {
    if (!Number.isInteger(days[i]!)) throw new RangeError(`day ${days[i]}: expected a whole number`);
    if (days[i]! >= until) continue;
    const own = sets.get(users[i]!) ?? new Set();
    sets.set(users[i]!, own);
    own.add(days[i]!);
  }
  return [...sets.values()].map((set) => {
    const sorted = [...set].sort((a, b) => a - b);
    return { days: sorted, first: sorted[0]! };
  });
};

const MONDAY = 4;
const weekOf = (day: number, start: number): number => start + 7 * Math.floor((day - start) / 7);

export interface CohortRow {
  /** First day of the week in which they first came. */
  readonly cohort: number;
  /** Weeks after each user's own first day: 1 is days 7 to 13. */
  readonly week: number;
  /** Share of the cohort that came in that week. */
  readonly returned: Estimate;
}

/**
 * Cohort retention: of users who first came in a week, the share that came again in their own week k after, Wilson
 * intervals. A cohort has a row for week k once its youngest user has been observed through it. O(days).
 */
export const cohortReturn = (active: ActiveDays, options: ReturnOptions): readonly CohortRow[] => {
  const { until, weekStart = MONDAY } = options;
  const cohorts = new Map<number, Visits[]>();
  for (const user of visitsOf(active, until)) {
    const cohort = weekOf(user.first, weekStart);
    cohorts.set(cohort, [...(cohorts.get(cohort) ?? []), user]);
  }
  return [...cohorts]
    .sort((a, b) => a[0] - b[0])
    .flatMap(([cohort, users]) => {
      const youngest = users.reduce((last, { first }) => Math.max(last, first), 0);
      const weeks = Math.max(0, Math.floor((until - youngest) / 7) - 1);
      return Array.from({ length: weeks }, (_, at): CohortRow => {
        const week = at + 1;
        const back = users.filter(({ days, first }) => days.some((day) => Math.floor((day - first) / 7) === week));
        return { cohort, week, returned: proportionEstimate(back.length, users.length, options) };
      });
    });
};

export interface ReturnRow {
  /** First day of the calendar week, or weeks since a user's first day. */
  readonly bucket: number;
  /** Share of those who were there in it that came back within the horizon of their last day in it. */
  readonly returned: Estimate;
}

/**
 * Return within `horizon` days, by calendar week or by tenure: of each user's days in a bucket the last one is taken, so a
 * user counts once in it, and the next day within the horizon is a return. Users not observed that long are censored
 * [Kaplan1958]. O(days · log). @throws {RangeError} for a horizon below 1.
 */
export const returnWithin = (
  active: ActiveDays,
  by: 'calendar' | 'tenure',
  horizon: number,
  options: ReturnOptions,
): readonly ReturnRow[] => {
  if (!(horizon >= 1)) throw new RangeError(`horizon ${horizon}: expected at least 1 day`);
  const { until, weekStart = MONDAY } = options;
  levelOf(options);
  const buckets = new Map<number, { durations: number[]; ended: number[] }>();
  for (const { days, first } of visitsOf(active, until)) {
    days.forEach((day, at) => {
      const bucketOf = (each: number) => (by === 'calendar' ? weekOf(each, weekStart) : Math.floor((each - first) / 7));
      const next = days[at + 1];
      const bucket = bucketOf(day);
      if (next !== undefined && bucketOf(next) === bucket) return;
      const own = buckets.get(bucket) ?? { durations: [], ended: [] };
      buckets.set(bucket, own);
      own.durations.push((next ?? until - 1) - day);
      own.ended.push(Number(next !== undefined));
    });
  }
  return [...buckets]
    .sort((a, b) => a[0] - b[0])
    .map(([bucket, lifetimes]) => ({
      bucket,
      returned: complement(survivalAt(kaplanMeier(lifetimes), horizon, options)),
    }));
};

/** Everybody back is the end of the curve: then the share is told without its interval being known, so it is not told. */
const complement = (away: Estimate): Estimate => {
  if (!away.ok) return away.reason === 'everybody_ended' ? { ok: false, reason: 'everybody_returned' } : away;
  const { lower, upper } = away.interval;
  return {
    ...away,
    value: 1 - away.value,
    interval: { lower: 1 - upper, upper: 1 - lower },
    method: 'return, Kaplan–Meier',
  };
};
