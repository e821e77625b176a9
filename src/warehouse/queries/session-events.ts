/**
 * The events that make sessions, numbered by session: the common part of the queries over sessions. A fragment of SQL,
 * so that all of them mean the same session; `sessionize` of `#units` is its twin in TypeScript.
 */

import { EXAMINED_FRACTION, EXAMINED_MS, PURPOSE_WORDS, SURFACE_OF_SOURCE } from '#units';
import { IS_LISTEN } from './listen-rule.ts';

const quoted = (words: readonly string[]): string => `[${words.map((word) => `'${word}'`).join(', ')}]`;
const lookUp = (expression: string, table: Readonly<Record<string, string>>): string =>
  `transform(${expression}, ${quoted(Object.keys(table))}, ${quoted(Object.values(table))}, '')`;

/** Columns of every branch below, with what an event that lacks them says. */
const NEUTRAL = {
  ended_ms: 'toUnixTimestamp64Milli(at)',
  own_surface: "''",
  slate_id: "''",
  item_id: "''",
  ms_played: 'toInt64(-1)',
  is_listen: 'false',
  is_skipped: 'false',
  is_chosen: 'false',
  is_shuffled: 'false',
  is_finished: 'false',
  reason_end: "''",
  action: "''",
  search_id: "''",
  is_examined: 'false',
  from_pool: 'false',
} as const;

const PLAY_ENDS_MS = 'toUnixTimestamp64Milli(at) + toInt64(ifNull(ms_played, 0))';

/** Users from `from_user` on, up to but without `to_user`; empty: without end. */
export const USER_RANGE = "user_id >= {from_user:String} AND ({to_user:String} = '' OR user_id < {to_user:String})";

const branch = (table: string, own: Partial<Record<keyof typeof NEUTRAL, string>>): string => `
    SELECT
        '${table}' AS kind,
        user_id,
        event_id,
        toUnixTimestamp64Milli(at) AS begin_ms,
        ${Object.entries({ ...NEUTRAL, ...own })
          .map(([column, sql]) => `${sql} AS ${column === 'ms_played' ? 'played' : column}`)
          .join(',\n        ')},
        utc_offset_min,
        toString(ifNull(time_zone, '')) AS zone,
        toString(ifNull(device, '')) AS on_device
    FROM ${table}
    WHERE ${USER_RANGE}
        AND ({after:UInt64} = 0 OR user_id IN (SELECT user_id FROM touched))`;

const BRANCHES = [
  branch('play', {
    ended_ms: PLAY_ENDS_MS,
    own_surface: lookUp("toString(ifNull(source, ''))", SURFACE_OF_SOURCE),
    slate_id: "ifNull(play.slate_id, '')",
    item_id: 'play.item_id',
    ms_played: 'toInt64(ifNull(ms_played, -1))',
    is_listen: IS_LISTEN,
    is_skipped: 'ifNull(skipped, false)',
    is_chosen: 'ifNull(user_initiated, false)',
    is_shuffled: 'ifNull(shuffle, false)',
    is_finished:
      "ifNull(play.reason_end, '') = 'trackdone' OR (ifNull(duration_ms, 0) > 0 AND ifNull(ms_played, 0) >= 0.9 * ifNull(duration_ms, 0))",
    reason_end: "toString(ifNull(play.reason_end, ''))",
    from_pool: "ifNull(source, '') = 'editorial'",
  }),
  branch('action', {
    own_surface: "toString(ifNull(surface, ''))",
    slate_id: "ifNull(action.slate_id, '')",
    action: 'toString(action.action)',
  }),
  branch('impression', {
    slate_id: 'impression.slate_id',
    is_examined: `ifNull(visible_ms, 0) >= ${EXAMINED_MS} AND ifNull(max_visible_fraction, 1) >= ${EXAMINED_FRACTION}`,
  }),
  branch('search', { own_surface: "'search'", search_id: 'search.search_id' }),
  branch('dialogue', { own_surface: "'voice'" }),
].join('\n    UNION ALL');

const BEGIN_MS = 'toUnixTimestamp64Milli(at)';
/** Tables of events that make sessions, and when such an event ends. */
const ENDS_MS = {
  play: PLAY_ENDS_MS,
  action: BEGIN_MS,
  impression: BEGIN_MS,
  search: BEGIN_MS,
  dialogue: BEGIN_MS,
};

/**
 * Users of whom something came in after a sequence, or ended at or after a moment: where that is the earliest end of an
 * open session, all whose last session was open are among them. Only events tell it, so that it stays the same while
 * sessions are taken back.
 */
export const TOUCHED: string = `
touched AS
(
    SELECT DISTINCT user_id
    FROM
    (
        ${Object.entries(ENDS_MS)
          .map(
            ([table, endsMs]) =>
              `SELECT user_id FROM ${table} WHERE sequence > {after:UInt64} OR ${endsMs} >= {ended_from:Int64}`,
          )
          .join('\n        UNION ALL ')}
    )
)`;

/**
 * Common table expressions up to `numbered`, one row an event with its `session_number` in its user's life.
 * Parameters: `gap_ms`, `from_user` and `to_user` (a range of the users), `after` (0 for all users, or a
 * journal sequence: then the touched ones) and `ended_from` (epoch milliseconds; it matters for touched ones alone).
 */
export const SESSION_EVENTS: string = `${TOUCHED},
known_slate AS
(
    SELECT slate_id AS known_slate_id, any(surface) AS slate_surface
    FROM slate
    GROUP BY slate_id
),
item_purpose AS
(
    SELECT
        item_id AS purposed_id,
        arrayFirst(
            purpose -> purpose != '',
            arrayMap(tag -> ${lookUp('lower(toString(tag))', PURPOSE_WORDS)}, argMax(tags, (updated_at, sequence)))
        ) AS item_is_for
    FROM item
    GROUP BY item_id
    HAVING item_is_for != ''
),
pool_purpose AS
(
    SELECT pooled_id, any(one_is_for) AS pool_is_for
    FROM
    (
        SELECT
            arrayJoin(argMax(items, (at, sequence))) AS pooled_id,
            argMax(change, (at, sequence)) AS last_change,
            arrayFirst(
                purpose -> purpose != '',
                arrayMap(word -> ${lookUp('word', PURPOSE_WORDS)}, splitByNonAlpha(lower(argMax(concat(ifNull(title, ''), ' ', ifNull(editor.purpose, '')), (at, sequence)))))
            ) AS one_is_for
        FROM editor
        GROUP BY pool_id
    )
    WHERE last_change = 'put' AND one_is_for != ''
    GROUP BY pooled_id
    HAVING uniqExact(one_is_for) = 1
),
event AS
(${BRANCHES}
),
placed AS
(
    SELECT
        event.*,
        if(known_slate.slate_surface != '', toString(known_slate.slate_surface), own_surface) AS on_surface,
        multiIf(
            item_purpose.item_is_for != '', item_purpose.item_is_for,
            from_pool, pool_purpose.pool_is_for,
            '') AS is_for
    FROM event
    LEFT JOIN known_slate ON known_slate.known_slate_id = event.slate_id
    LEFT JOIN item_purpose ON item_purpose.purposed_id = event.item_id
    LEFT JOIN pool_purpose ON pool_purpose.pooled_id = event.item_id
),
opened AS
(
    SELECT
        *,
        begin_ms - max(ended_ms) OVER earlier > {gap_ms:UInt32} AS opens,
        any(on_device) OVER just_before AS device_before,
        on_device != device_before AND on_device != '' AND device_before != '' AS is_hand_off
    FROM placed
    WINDOW
        earlier AS (PARTITION BY user_id ORDER BY begin_ms, event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
        just_before AS (PARTITION BY user_id ORDER BY begin_ms, event_id ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
),
numbered AS
(
    SELECT
        *,
        sum(opens) OVER (PARTITION BY user_id ORDER BY begin_ms, event_id ROWS UNBOUNDED PRECEDING) AS session_number
    FROM opened
)`;
