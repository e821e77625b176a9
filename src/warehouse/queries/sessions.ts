import { ADDED, EARLY_PLAYS, KEPT, REFUSED, type SessionRow } from '#units';
import { defineQuery } from '../define-query.ts';
import { SESSION_EVENTS } from './session-events.ts';

const among = (actions: readonly string[]): string =>
  `countIf(action IN (${actions.map((action) => `'${action}'`).join(', ')}))`;

const FIRST = '(begin_ms, event_id)';

export const sessions = defineQuery<
  {
    readonly gap_ms: number;
    readonly from_user: string;
    readonly to_user: string;
    readonly after: number;
    readonly ended_from: number;
  },
  SessionRow
>({
  name: 'sessions',
  description:
    'Sessions: a session ends where nothing goes on for longer than gap_ms, whatever the device. from_user and to_user ' +
    '(not in it; empty: no end) keep a range of the users; after keeps users of whom something came in after that journal sequence (0: all), or ended at or after ended_from.',
  grain: 'user × session',
  sql: `
WITH${SESSION_EVENTS}
SELECT
    user_id,
    min(begin_ms) AS started_ms,
    max(ended_ms) AS ended_ms,
    argMin(utc_offset_min, ${FIRST}) AS utc_offset_min,
    argMinIf(zone, ${FIRST}, zone != '') AS time_zone,
    mapFilter((name, weight) -> name != '', sumMap(map(on_device, toUInt64(numbered.ended_ms - begin_ms + 1)))) AS device_ms,
    mapFilter((name, weight) -> name != '', sumMap(map(on_surface, toUInt64(numbered.ended_ms - begin_ms + 1)))) AS surface_ms,
    countIf(kind = 'play') AS plays,
    countIf(is_listen) AS listens,
    sumIf(played, played > 0) AS played_ms,
    countIf(is_skipped) AS skips,
    countIf(is_skipped AND played >= 0 AND played < 30000) AS early_skips,
    uniqExactIf(item_id, kind = 'play') AS items,
    ${among(KEPT)} AS kept,
    ${among(ADDED)} AS added,
    ${among(REFUSED)} AS refused,
    countIf(action = 'open_page') AS opened,
    countIf(kind = 'action') AS actions,
    uniqExactIf(search_id, kind = 'search') AS searches,
    countIf(kind = 'impression') AS impressions,
    countIf(is_examined) AS examined,
    countIf(kind = 'dialogue') AS turns,
    countIf(is_hand_off AND NOT opens) AS hand_offs,
    toBool(countIf(action = 'sleep_timer_set') > 0) AS sleep_timer,
    countIf(is_shuffled) AS shuffled,
    minOrNullIf(begin_ms, kind = 'play') AS first_play_ms,
    argMinIf(item_id, ${FIRST}, kind = 'play') AS first_item,
    argMaxIf(item_id, ${FIRST}, kind = 'play') AS last_item,
    toBool(argMaxIf(is_finished, ${FIRST}, kind = 'play')) AS last_finished,
    argMaxIf(reason_end, ${FIRST}, kind = 'play') AS last_reason_end,
    CAST(
        groupArraySortedIf(${EARLY_PLAYS})((begin_ms, event_id, played, is_skipped, is_chosen, on_surface, is_for), kind = 'play'),
        'Array(Tuple(begin_ms Int64, event_id String, ms_played Int64, skipped Bool, user_initiated Bool, surface String, purpose String))'
    ) AS early
FROM numbered
GROUP BY user_id, session_number
ORDER BY user_id, started_ms`,
  columns: {
    user_id: 'String',
    started_ms: 'Int64',
    ended_ms: 'Int64',
    utc_offset_min: 'Nullable(Int16)',
    time_zone: 'String',
    device_ms: 'Map(String, UInt64)',
    surface_ms: 'Map(String, UInt64)',
    plays: 'UInt64',
    listens: 'UInt64',
    played_ms: 'Int64',
    skips: 'UInt64',
    early_skips: 'UInt64',
    items: 'UInt64',
    kept: 'UInt64',
    added: 'UInt64',
    refused: 'UInt64',
    opened: 'UInt64',
    actions: 'UInt64',
    searches: 'UInt64',
    impressions: 'UInt64',
    examined: 'UInt64',
    turns: 'UInt64',
    hand_offs: 'UInt64',
    sleep_timer: 'Bool',
    shuffled: 'UInt64',
    first_play_ms: 'Nullable(Int64)',
    first_item: 'String',
    last_item: 'String',
    last_finished: 'Bool',
    last_reason_end: 'String',
    early:
      'Array(Tuple(begin_ms Int64, event_id String, ms_played Int64, skipped Bool, user_initiated Bool, surface String, purpose String))',
  },
  example: { gap_ms: 1_800_000, from_user: '', to_user: '', after: 0, ended_from: 0 },
});
