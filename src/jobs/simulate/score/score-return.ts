/** Return as it is estimated from a log, against the true hazards of coming back. */

import { DAY_MS, type Estimate } from '#domain';
import type { Rng } from '#math';
import { bootstrapEstimate, kaplanMeier } from '#stats';
import type { ScoredRun } from './read-scored-run.ts';

export interface ScoredReturn {
  /** Back at the latest on that day after a day on which they came. */
  readonly day: number;
  /** Share back by Kaplan–Meier over absences in the log. */
  readonly measured: Estimate;
  /** Share back by the true hazards of those who were away for so long. */
  readonly truth: Estimate;
  /** Measured minus true. */
  readonly error: Estimate;
}

const DAYS = [1, 3, 7, 14, 28];
const RESAMPLES = 300;

interface Absences {
  readonly durations: readonly number[];
  readonly ended: readonly boolean[];
  /** By day of absence from 1: who was away so long, and the sum of their true chances of coming that day. */
  readonly away: Float64Array;
  readonly hazard: Float64Array;
}

export const scoreReturn = (run: ScoredRun, rng: Rng): readonly ScoredReturn[] => {
  const deepest = Math.min(Math.max(...DAYS), run.days - 1);
  const byListener = absencesOf(run, deepest).filter(({ durations }) => durations.length > 0);
  return DAYS.filter((day) => day <= deepest).map((day) => {
    const estimate = (name: string, of: (own: readonly Absences[]) => number): Estimate =>
      bootstrapEstimate(
        byListener.length,
        (drawn) => of(Array.from(drawn, (n) => byListener[n]!)),
        rng.derive(day, name),
        {
          resamples: RESAMPLES,
          interval: 'percentile',
        },
      );
    return {
      day,
      measured: estimate('measured', (own) => measuredBack(own, day)),
      truth: estimate('truth', (own) => trulyBack(own, day)),
      error: estimate('error', (own) => measuredBack(own, day) - trulyBack(own, day)),
    };
  });
};

const measuredBack = (absences: readonly Absences[], day: number): number => {
  const { steps } = kaplanMeier({
    durations: absences.flatMap(({ durations }) => durations),
    ended: absences.flatMap(({ ended }) => ended.map(Number)),
  });
  return 1 - (steps.findLast(({ time }) => time <= day)?.survival ?? 1);
};

const trulyBack = (absences: readonly Absences[], day: number): number => {
  let away = 1;
  for (let n = 0; n < day; n++) {
    const all = absences.reduce((sum, own) => sum + own.away[n]!, 0);
    if (all === 0) return Number.NaN;
    away *= 1 - absences.reduce((sum, own) => sum + own.hazard[n]!, 0) / all;
  }
  return 1 - away;
};

/** Absences by whole days of the listener's own calendar, as sessions tell of them; hazards of the same days from the truth. */
const absencesOf = ({ timelines, truth, first }: ScoredRun, deepest: number): readonly Absences[] =>
  timelines.flatMap(({ userId, sessions }) => {
    const returns = truth.listeners.get(userId)?.returns;
    if (returns === undefined) return [];
    const firstDay = Math.floor(first / DAY_MS);
    const came = new Set(sessions.map(({ local }) => Math.floor(Date.parse(local.day) / DAY_MS) - firstDay));
    const days = [...came].filter((day) => day >= 0 && day < returns.length).sort((a, b) => a - b);
    const away = new Float64Array(deepest);
    const hazard = new Float64Array(deepest);
    const ends = days.map((_, n) => days[n + 1] ?? returns.length - 1);
    for (const [n, day] of days.entries()) {
      for (let gap = 1; gap <= Math.min(deepest, ends[n]! - day); gap++) {
        away[gap - 1]!++;
        hazard[gap - 1]! += returns[day + gap]!;
      }
    }
    return [
      {
        durations: days.map((day, n) => ends[n]! - day),
        ended: days.map((_, n) => n + 1 < days.length),
        away,
        hazard,
      },
    ];
  });
