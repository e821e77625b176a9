/** Durations in a file: curves by group, hazard ratios, and absences made of sessions. */

import { EngineError, type Estimate, HOUR_MS, MINUTE_MS } from '#domain';
import {
  type Absences,
  absencesOf,
  activeClock,
  type CoxFit,
  fitCox,
  habitStrata,
  hourWeights,
  kaplanMeier,
  type Lifetimes,
  type LogRankTest,
  logRank,
  restrictedMean,
  restrictedMeanDifference,
  type SurvivalCurve,
  survivalAt,
  survivalQuantile,
} from '#stats';
import { flagColumn, labelColumn, momentColumn, numberColumn } from '../tables/columns.ts';
import { readTable, type Table } from '../tables/read-table.ts';

export interface CurveOptions {
  /** Times to tell the curve at. */
  readonly at: readonly number[];
  /** Restricted means are taken to here, when given. */
  readonly horizon?: number;
  readonly level: number;
}

export interface GroupCurve {
  readonly group: string;
  readonly n: number;
  readonly events: number;
  readonly median: Estimate;
  readonly survival: readonly { readonly at: number; readonly estimate: Estimate }[];
  readonly restrictedMean: Estimate | null;
}

export interface CurveReport {
  readonly groups: readonly GroupCurve[];
  /** Between all groups; null with one. */
  readonly logRank: LogRankTest | null;
  /** Restricted mean of each further group minus that of the first. */
  readonly differences: readonly { readonly group: string; readonly estimate: Estimate }[];
}

export interface SurvivalFileOptions extends CurveOptions {
  readonly data: string;
  readonly duration: string;
  readonly ended: string;
  readonly group?: string;
}

const lifetimesIn = (table: Table, duration: string, ended: string): Lifetimes => {
  const durations = numberColumn(table, duration);
  const negative = durations.findIndex((value) => value < 0);
  if (negative >= 0) {
    const line = negative + table.firstLine;
    throw new EngineError(
      'invalid_data',
      `line ${line} of ${table.path}, column "${duration}" is ${durations[negative]}: expected a time from 0 on`,
    );
  }
  return { durations, ended: flagColumn(table, ended) };
};

/** Kaplan–Meier by group from a file. @throws {EngineError} unreadable_file, invalid_data */
export const survivalFile = async (options: SurvivalFileOptions): Promise<CurveReport> => {
  const table = await readTable(options.data);
  const groups = options.group === undefined ? undefined : labelColumn(table, options.group);
  return curves(lifetimesIn(table, options.duration, options.ended), groups, options);
};

interface Labels {
  readonly names: readonly string[];
  readonly of: Uint32Array;
}

const curves = (lifetimes: Lifetimes, groups: Labels | undefined, options: CurveOptions): CurveReport => {
  const { names, of } = groups ?? { names: ['all'], of: new Uint32Array(lifetimes.durations.length) };
  const made = names.map((_, group) => kaplanMeier(part(lifetimes, (i) => of[i] === group)));
  const { horizon, level } = options;
  return {
    groups: made.map((curve, group) => describe(curve, names[group]!, options)),
    logRank: names.length > 1 ? logRank({ ...lifetimes, groups: of }) : null,
    differences:
      horizon === undefined
        ? []
        : made.slice(1).map((curve, at) => ({
            group: names[at + 1]!,
            estimate: restrictedMeanDifference(curve, made[0]!, horizon, { level }),
          })),
  };
};

const part = ({ durations, ended }: Lifetimes, inside: (i: number) => boolean): Lifetimes => {
  const places = Array.from(durations, (_, i) => i).filter(inside);
  return { durations: places.map((i) => durations[i]!), ended: places.map((i) => ended[i]!) };
};

const describe = (curve: SurvivalCurve, group: string, { at, horizon, level }: CurveOptions): GroupCurve => ({
  group,
  n: curve.n,
  events: curve.steps.reduce((sum, step) => sum + step.ended, 0),
  median: survivalQuantile(curve, 0.5, { level }),
  survival: at.map((time) => ({ at: time, estimate: survivalAt(curve, time, { level }) })),
  restrictedMean: horizon === undefined ? null : restrictedMean(curve, horizon, { level }),
});

export interface CoxFileOptions {
  readonly data: string;
  readonly duration: string;
  readonly ended: string;
  readonly covariates: readonly string[];
  readonly cluster?: string;
  readonly strata?: string;
  readonly ties: 'efron' | 'breslow';
  readonly level: number;
}

/** Cox from a file. @throws {EngineError} unreadable_file, invalid_data */
export const coxFile = async (options: CoxFileOptions): Promise<CoxFit> => {
  const table = await readTable(options.data);
  const columns = options.covariates.map((name) => numberColumn(table, name));
  const { cluster, strata, ties, level } = options;
  return fitCox(
    {
      ...lifetimesIn(table, options.duration, options.ended),
      covariates: table.rows.flatMap((_, row) => columns.map((column) => column[row]!)),
      names: options.covariates,
      ...(strata !== undefined && { strata: labelColumn(table, strata).of }),
      ...(cluster !== undefined && { clusters: labelColumn(table, cluster).of }),
    },
    { ties, level },
  );
};

export interface AbsenceFileOptions extends CurveOptions {
  readonly data: string;
  readonly user: string;
  readonly start: string;
  readonly end: string;
  /** What each session was under, e.g. the ranker. */
  readonly group?: string;
  /** End of observation in epoch milliseconds; the last moment of the file unless given. */
  readonly until?: number;
  /** Unit in which durations, `at` and `horizon` are told. */
  readonly unitMs: number;
  /** `active`: an hour of the day counts by its share of the beginnings of sessions, so nights hardly do. */
  readonly clock?: 'plain' | 'active';
  /** Minutes that the listener's own clock is ahead of UTC, for the active clock; 0 without it. */
  readonly offset?: string;
}

export interface AbsenceReport extends CurveReport {
  readonly users: number;
  /** One coefficient for each group after the first, by tenths of habitual absence, robust to users; null with one group. */
  readonly cox: CoxFit | null;
}

/** Absences after the sessions of a file, by what each session was under. @throws {EngineError} as `survivalFile` */
export const absenceFile = async (options: AbsenceFileOptions): Promise<AbsenceReport> => {
  const table = await readTable(options.data);
  const [starts, ends] = [momentColumn(table, options.start), momentColumn(table, options.end)];
  const reversed = starts.findIndex((start, i) => ends[i]! < start);
  if (reversed >= 0) {
    throw new EngineError('invalid_data', `line ${reversed + table.firstLine} of ${table.path} ends before it starts`);
  }
  const until = options.until ?? ends.reduce((last, end) => Math.max(last, end), Number.NEGATIVE_INFINITY);
  const users = labelColumn(table, options.user);
  const absences = absencesOf({ users: users.of, starts, ends }, until);
  const away =
    options.clock === 'active' ? activeMs(absences, { starts, ends }, offsetsIn(table, options)) : absences.durations;
  const durations = away.map((duration) => duration / options.unitMs);
  const labels = options.group === undefined ? undefined : labelColumn(table, options.group);
  const groups = labels && { names: labels.names, of: absences.sessions.map((session) => labels.of[session]!) };
  const lifetimes = { durations, ended: absences.ended };
  const others = groups?.names.slice(1) ?? [];
  return {
    ...curves(lifetimes, groups, options),
    users: users.names.length,
    cox:
      others.length === 0
        ? null
        : fitCox(
            {
              ...lifetimes,
              names: others,
              covariates: Array.from(groups!.of).flatMap((group) => others.map((_, at) => Number(group === at + 1))),
              strata: habitStrata(absences),
              clusters: absences.users,
            },
            { level: options.level },
          ),
  };
};

const offsetsIn = (table: Table, { offset }: AbsenceFileOptions): Float64Array =>
  offset === undefined
    ? new Float64Array(table.rows.length)
    : numberColumn(table, offset).map((minutes) => minutes * MINUTE_MS);

/** Absences by the clock of all sessions of the file. */
const activeMs = (
  { durations, sessions }: Absences,
  { starts, ends }: { readonly starts: ArrayLike<number>; readonly ends: ArrayLike<number> },
  offsets: Float64Array,
): Float64Array => {
  const begun = new Float64Array(24);
  for (let i = 0; i < starts.length; i++) begun[new Date(starts[i]! + offsets[i]!).getUTCHours()]! += 1;
  const hoursBetween = activeClock(hourWeights(begun));
  return durations.map((duration, i) => {
    const session = sessions[i]!;
    const from = ends[session]! + offsets[session]!;
    return hoursBetween(from, from + duration) * HOUR_MS;
  });
};
