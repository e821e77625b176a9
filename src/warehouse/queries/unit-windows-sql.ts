/** What units did in windows of time around a moment of theirs: the sums that metrics of experiments are made of. */

import { LOCAL_END_MS } from './absence-clock.ts';

/** Sums of sessions that begin in the window, in this order; `active_days` stands apart. */
export const SESSION_SUMS = [
  'sessions',
  'plays',
  'listens',
  'played_ms',
  'skips',
  'early_skips',
  'kept',
  'added',
  'refused',
  'actions',
  'searches',
  'impressions',
  'examined',
] as const;

const SUMS = SESSION_SUMS.map((name) => (name === 'sessions' ? 'toFloat64(1)' : `toFloat64(life.${name})`)).join(
  ',\n        ',
);
const COLUMNS = SESSION_SUMS.filter((name) => name !== 'sessions')
  .map((name) => `        ${name},`)
  .join('\n');

/**
 * CTEs over `unit` (unit_id, user_id, moment, next_moment: where the user's next unit begins, if it does): `span`, one row
 * a unit, user and window, and `life`, the sessions of their users with the next one.
 */
export const UNIT_WINDOWS = `
span AS
(
    SELECT
        unit_id,
        user_id,
        moment,
        place,
        moment + toIntervalMillisecond(starts) AS from,
        -- What is before the moment ends there; what is after it ends with the unit and with what is known.
        if(
            ends <= 0,
            moment + toIntervalMillisecond(ends),
            least(moment + toIntervalMillisecond(ends), {until:DateTime64(3, 'UTC')}, next_moment)
        ) AS to,
        if(ends <= 0, moment, {until:DateTime64(3, 'UTC')}) AS known_until
    FROM unit
    ARRAY JOIN
        {starts:Array(Int64)} AS starts,
        {ends:Array(Int64)} AS ends,
        arrayEnumerate({starts:Array(Int64)}) AS place
),
life AS
(
    SELECT
        user_id,
        at,
        ended_at,
        ${LOCAL_END_MS} AS local_ms,
${COLUMNS}
        leadInFrame(at) OVER later AS next_at,
        count() OVER later > 1 AS has_next
    FROM session FINAL
    WHERE at < {until:DateTime64(3, 'UTC')} AND user_id IN (SELECT user_id FROM unit)
    WINDOW later AS (PARTITION BY user_id ORDER BY at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
)`;

/** Aggregates of a group of `span LEFT JOIN life`; arrays of a unit without a session in the window are empty. */
export const UNIT_WINDOW_SUMS = `
    sumForEachIf(
        [${SUMS}],
        life.at >= span.from AND life.at < span.to
    ) AS sums,
    uniqExactIf(toDate(life.at), life.at >= span.from AND life.at < span.to) AS active_days,
    sumForEachIf(
        arrayMap(
            ms -> toFloat64(life.ended_at + toIntervalMillisecond(ms) <= span.known_until),
            {return_ms:Array(Int64)}
        ),
        life.at >= span.from AND life.at < span.to
    ) AS judged,
    sumForEachIf(
        arrayMap(
            ms -> toFloat64(
                life.ended_at + toIntervalMillisecond(ms) <= span.known_until
                AND life.has_next
                AND life.next_at <= life.ended_at + toIntervalMillisecond(ms)
            ),
            {return_ms:Array(Int64)}
        ),
        life.at >= span.from AND life.at < span.to
    ) AS returned,
    -- Absences begin in the window, and are followed until the next session or as long as anything is known.
    arraySort(groupArrayIf(
        (
            life.local_ms,
            greatest(
                0,
                toUnixTimestamp64Milli(
                    if(life.has_next AND life.next_at <= span.known_until, life.next_at, span.known_until)
                ) - toUnixTimestamp64Milli(life.ended_at)
            ),
            toUInt8(life.has_next AND life.next_at <= span.known_until)
        ),
        {absences:Bool} AND life.ended_at >= span.from AND life.ended_at < span.to
    )) AS gaps`;

export interface UnitWindowRow {
  readonly user_id: string;
  /** Place of the window in the parameters, from 1. */
  readonly place: number;
  readonly sums: readonly number[];
  readonly active_days: number;
  /** Sessions of the window that are old enough to be judged by each time of return, and those followed in it. */
  readonly judged: readonly number[];
  readonly returned: readonly number[];
  /** Absences after the sessions that end in the window: from when on the listener's own clock, how long, whether it ended. */
  readonly gaps: readonly (readonly [from: number, ms: number, ended: number])[];
}

export const UNIT_WINDOW_COLUMNS = {
  user_id: 'String',
  place: 'UInt32',
  sums: 'Array(Float64)',
  active_days: 'UInt64',
  judged: 'Array(Float64)',
  returned: 'Array(Float64)',
  gaps: 'Array(Tuple(Int64, Int64, UInt8))',
} as const;

export type UnitWindowParams = {
  /** Windows as milliseconds around the moment: before it below zero. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly return_ms: readonly number[];
  /** Whether absences are told: of many sessions they are many numbers. */
  readonly absences: boolean;
  readonly until: string;
};

export const UNIT_WINDOW_EXAMPLE = {
  starts: [0, -2_419_200_000],
  ends: [1_209_600_000, 0],
  return_ms: [604_800_000],
  absences: true,
  until: '2030-01-01 00:00:00.000',
};
