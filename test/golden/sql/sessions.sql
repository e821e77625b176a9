-- Sessions: a session ends where nothing goes on for longer than gap_ms, whatever the device. from_user and to_user (not in it; empty: no end) keep a range of the users; after keeps users of whom something came in after that journal sequence (0: all), or ended at or after ended_from.
-- One row is: user × session
WITH
    touched AS
    (
        SELECT DISTINCT user_id
        FROM
        (
            SELECT user_id
            FROM play
            WHERE (sequence > {after:UInt64}) OR ((toUnixTimestamp64Milli(at) + toInt64(ifNull(ms_played, 0))) >= {ended_from:Int64})
            UNION ALL
            SELECT user_id
            FROM action
            WHERE (sequence > {after:UInt64}) OR (toUnixTimestamp64Milli(at) >= {ended_from:Int64})
            UNION ALL
            SELECT user_id
            FROM impression
            WHERE (sequence > {after:UInt64}) OR (toUnixTimestamp64Milli(at) >= {ended_from:Int64})
            UNION ALL
            SELECT user_id
            FROM search
            WHERE (sequence > {after:UInt64}) OR (toUnixTimestamp64Milli(at) >= {ended_from:Int64})
            UNION ALL
            SELECT user_id
            FROM dialogue
            WHERE (sequence > {after:UInt64}) OR (toUnixTimestamp64Milli(at) >= {ended_from:Int64})
        )
    ),
    known_slate AS
    (
        SELECT
            slate_id AS known_slate_id,
            any(surface) AS slate_surface
        FROM slate
        GROUP BY slate_id
    ),
    item_purpose AS
    (
        SELECT
            item_id AS purposed_id,
            arrayFirst(purpose -> (purpose != ''), arrayMap(tag -> transform(lower(toString(tag)), ['sleep', 'lullaby', 'bedtime', 'focus', 'study', 'concentration', 'desk', 'party', 'dance', 'disco', 'workout', 'gym', 'running', 'run', 'fitness', 'news', 'education', 'learning', 'background', 'ambient'], ['sleep', 'sleep', 'sleep', 'focus', 'focus', 'focus', 'focus', 'party', 'party', 'party', 'workout', 'workout', 'workout', 'workout', 'workout', 'news', 'learn', 'learn', 'background', 'background'], ''), argMax(tags, (updated_at, sequence)))) AS item_is_for
        FROM item
        GROUP BY item_id
        HAVING item_is_for != ''
    ),
    pool_purpose AS
    (
        SELECT
            pooled_id,
            any(one_is_for) AS pool_is_for
        FROM
        (
            SELECT
                arrayJoin(argMax(items, (at, sequence))) AS pooled_id,
                argMax(change, (at, sequence)) AS last_change,
                arrayFirst(purpose -> (purpose != ''), arrayMap(word -> transform(word, ['sleep', 'lullaby', 'bedtime', 'focus', 'study', 'concentration', 'desk', 'party', 'dance', 'disco', 'workout', 'gym', 'running', 'run', 'fitness', 'news', 'education', 'learning', 'background', 'ambient'], ['sleep', 'sleep', 'sleep', 'focus', 'focus', 'focus', 'focus', 'party', 'party', 'party', 'workout', 'workout', 'workout', 'workout', 'workout', 'news', 'learn', 'learn', 'background', 'background'], ''), splitByNonAlpha(lower(argMax(concat(ifNull(title, ''), ' ', ifNull(editor.purpose, '')), (at, sequence)))))) AS one_is_for
            FROM editor
            GROUP BY pool_id
        )
        WHERE (last_change = 'put') AND (one_is_for != '')
        GROUP BY pooled_id
        HAVING uniqExact(one_is_for) = 1
    ),
    event AS
    (
        SELECT
            'play' AS kind,
            user_id,
            event_id,
            toUnixTimestamp64Milli(at) AS begin_ms,
            toUnixTimestamp64Milli(at) + toInt64(ifNull(ms_played, 0)) AS ended_ms,
            transform(toString(ifNull(source, '')), ['user_collection', 'catalogue', 'editorial', 'algorithmic', 'personalized_playlist', 'charts', 'radio', 'autoplay', 'search', 'voice', 'queue', 'unknown'], ['library', 'artist', 'playlist', 'playlist', 'playlist', 'playlist', 'radio', 'autoplay', 'search', 'voice', 'queue', ''], '') AS own_surface,
            ifNull(play.slate_id, '') AS slate_id,
            play.item_id AS item_id,
            toInt64(ifNull(ms_played, -1)) AS played,
            multiIf(ms_played IS NULL, NOT ifNull(skipped, false), assumeNotNull(ms_played) >= 30000, true, (ifNull(duration_ms, 0) > 0) AND (assumeNotNull(ms_played) >= (0.9 * ifNull(duration_ms, 0)))) AS is_listen,
            ifNull(skipped, false) AS is_skipped,
            ifNull(user_initiated, false) AS is_chosen,
            ifNull(shuffle, false) AS is_shuffled,
            (ifNull(play.reason_end, '') = 'trackdone') OR ((ifNull(duration_ms, 0) > 0) AND (ifNull(ms_played, 0) >= (0.9 * ifNull(duration_ms, 0)))) AS is_finished,
            toString(ifNull(play.reason_end, '')) AS reason_end,
            '' AS action,
            '' AS search_id,
            false AS is_examined,
            ifNull(source, '') = 'editorial' AS from_pool,
            utc_offset_min,
            toString(ifNull(time_zone, '')) AS zone,
            toString(ifNull(device, '')) AS on_device
        FROM play
        WHERE (user_id >= {from_user:String}) AND (({to_user:String} = '') OR (user_id < {to_user:String})) AND (({after:UInt64} = 0) OR (user_id IN (
            SELECT user_id
            FROM touched
        )))
        UNION ALL
        SELECT
            'action' AS kind,
            user_id,
            event_id,
            toUnixTimestamp64Milli(at) AS begin_ms,
            toUnixTimestamp64Milli(at) AS ended_ms,
            toString(ifNull(surface, '')) AS own_surface,
            ifNull(action.slate_id, '') AS slate_id,
            '' AS item_id,
            toInt64(-1) AS played,
            false AS is_listen,
            false AS is_skipped,
            false AS is_chosen,
            false AS is_shuffled,
            false AS is_finished,
            '' AS reason_end,
            toString(action.action) AS action,
            '' AS search_id,
            false AS is_examined,
            false AS from_pool,
            utc_offset_min,
            toString(ifNull(time_zone, '')) AS zone,
            toString(ifNull(device, '')) AS on_device
        FROM action
        WHERE (user_id >= {from_user:String}) AND (({to_user:String} = '') OR (user_id < {to_user:String})) AND (({after:UInt64} = 0) OR (user_id IN (
            SELECT user_id
            FROM touched
        )))
        UNION ALL
        SELECT
            'impression' AS kind,
            user_id,
            event_id,
            toUnixTimestamp64Milli(at) AS begin_ms,
            toUnixTimestamp64Milli(at) AS ended_ms,
            '' AS own_surface,
            impression.slate_id AS slate_id,
            '' AS item_id,
            toInt64(-1) AS played,
            false AS is_listen,
            false AS is_skipped,
            false AS is_chosen,
            false AS is_shuffled,
            false AS is_finished,
            '' AS reason_end,
            '' AS action,
            '' AS search_id,
            (ifNull(visible_ms, 0) >= 1000) AND (ifNull(max_visible_fraction, 1) >= 0.5) AS is_examined,
            false AS from_pool,
            utc_offset_min,
            toString(ifNull(time_zone, '')) AS zone,
            toString(ifNull(device, '')) AS on_device
        FROM impression
        WHERE (user_id >= {from_user:String}) AND (({to_user:String} = '') OR (user_id < {to_user:String})) AND (({after:UInt64} = 0) OR (user_id IN (
            SELECT user_id
            FROM touched
        )))
        UNION ALL
        SELECT
            'search' AS kind,
            user_id,
            event_id,
            toUnixTimestamp64Milli(at) AS begin_ms,
            toUnixTimestamp64Milli(at) AS ended_ms,
            'search' AS own_surface,
            '' AS slate_id,
            '' AS item_id,
            toInt64(-1) AS played,
            false AS is_listen,
            false AS is_skipped,
            false AS is_chosen,
            false AS is_shuffled,
            false AS is_finished,
            '' AS reason_end,
            '' AS action,
            search.search_id AS search_id,
            false AS is_examined,
            false AS from_pool,
            utc_offset_min,
            toString(ifNull(time_zone, '')) AS zone,
            toString(ifNull(device, '')) AS on_device
        FROM search
        WHERE (user_id >= {from_user:String}) AND (({to_user:String} = '') OR (user_id < {to_user:String})) AND (({after:UInt64} = 0) OR (user_id IN (
            SELECT user_id
            FROM touched
        )))
        UNION ALL
        SELECT
            'dialogue' AS kind,
            user_id,
            event_id,
            toUnixTimestamp64Milli(at) AS begin_ms,
            toUnixTimestamp64Milli(at) AS ended_ms,
            'voice' AS own_surface,
            '' AS slate_id,
            '' AS item_id,
            toInt64(-1) AS played,
            false AS is_listen,
            false AS is_skipped,
            false AS is_chosen,
            false AS is_shuffled,
            false AS is_finished,
            '' AS reason_end,
            '' AS action,
            '' AS search_id,
            false AS is_examined,
            false AS from_pool,
            utc_offset_min,
            toString(ifNull(time_zone, '')) AS zone,
            toString(ifNull(device, '')) AS on_device
        FROM dialogue
        WHERE (user_id >= {from_user:String}) AND (({to_user:String} = '') OR (user_id < {to_user:String})) AND (({after:UInt64} = 0) OR (user_id IN (
            SELECT user_id
            FROM touched
        )))
    ),
    placed AS
    (
        SELECT
            event.*,
            if(known_slate.slate_surface != '', toString(known_slate.slate_surface), own_surface) AS on_surface,
            multiIf(item_purpose.item_is_for != '', item_purpose.item_is_for, from_pool, pool_purpose.pool_is_for, '') AS is_for
        FROM event
        LEFT JOIN known_slate ON known_slate.known_slate_id = event.slate_id
        LEFT JOIN item_purpose ON item_purpose.purposed_id = event.item_id
        LEFT JOIN pool_purpose ON pool_purpose.pooled_id = event.item_id
    ),
    opened AS
    (
        SELECT
            *,
            (begin_ms - max(ended_ms) OVER earlier) > {gap_ms:UInt32} AS opens,
            any(on_device) OVER just_before AS device_before,
            (on_device != device_before) AND (on_device != '') AND (device_before != '') AS is_hand_off
        FROM placed
        WINDOW
            earlier AS (PARTITION BY user_id ORDER BY begin_ms ASC, event_id ASC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
            just_before AS (PARTITION BY user_id ORDER BY begin_ms ASC, event_id ASC ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
    ),
    numbered AS
    (
        SELECT
            *,
            sum(opens) OVER (PARTITION BY user_id ORDER BY begin_ms ASC, event_id ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS session_number
        FROM opened
    )
SELECT
    user_id,
    min(begin_ms) AS started_ms,
    max(ended_ms) AS ended_ms,
    argMin(utc_offset_min, (begin_ms, event_id)) AS utc_offset_min,
    argMinIf(zone, (begin_ms, event_id), zone != '') AS time_zone,
    mapFilter((name, weight) -> (name != ''), sumMap(map(on_device, toUInt64((numbered.ended_ms - begin_ms) + 1)))) AS device_ms,
    mapFilter((name, weight) -> (name != ''), sumMap(map(on_surface, toUInt64((numbered.ended_ms - begin_ms) + 1)))) AS surface_ms,
    countIf(kind = 'play') AS plays,
    countIf(is_listen) AS listens,
    sumIf(played, played > 0) AS played_ms,
    countIf(is_skipped) AS skips,
    countIf(is_skipped AND (played >= 0) AND (played < 30000)) AS early_skips,
    uniqExactIf(item_id, kind = 'play') AS items,
    countIf(action IN ('like', 'save', 'add_to_playlist', 'follow', 'queue', 'share')) AS kept,
    countIf(action IN ('save', 'add_to_playlist', 'follow')) AS added,
    countIf(action IN ('dislike', 'hide')) AS refused,
    countIf(action = 'open_page') AS opened,
    countIf(kind = 'action') AS actions,
    uniqExactIf(search_id, kind = 'search') AS searches,
    countIf(kind = 'impression') AS impressions,
    countIf(is_examined) AS examined,
    countIf(kind = 'dialogue') AS turns,
    countIf(is_hand_off AND (NOT opens)) AS hand_offs,
    toBool(countIf(action = 'sleep_timer_set') > 0) AS sleep_timer,
    countIf(is_shuffled) AS shuffled,
    minOrNullIf(begin_ms, kind = 'play') AS first_play_ms,
    argMinIf(item_id, (begin_ms, event_id), kind = 'play') AS first_item,
    argMaxIf(item_id, (begin_ms, event_id), kind = 'play') AS last_item,
    toBool(argMaxIf(is_finished, (begin_ms, event_id), kind = 'play')) AS last_finished,
    argMaxIf(reason_end, (begin_ms, event_id), kind = 'play') AS last_reason_end,
    CAST(groupArraySortedIf(5)((begin_ms, event_id, played, is_skipped, is_chosen, on_surface, is_for), kind = 'play'), 'Array(Tuple(begin_ms Int64, event_id String, ms_played Int64, skipped Bool, user_initiated Bool, surface String, purpose String))') AS early
FROM numbered
GROUP BY
    user_id,
    session_number
ORDER BY
    user_id ASC,
    started_ms ASC
