-- What listeners did and saw in [since, until), the values of each row as JSON text in the order of LOG_COLUMNS; of slates where they and their cards stood, and which cards explored.
-- One row is: event
SELECT
    kind,
    user_id,
    row
FROM
(
    SELECT
        'play' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONCompactEachRow', event_id, user_id, at, received_at, utc_offset_min, time_zone, device, item_id, ms_played, duration_ms, reason_start, reason_end, skipped, source, slate_id, shelf, slot, shuffle, offline, user_initiated, seeks) AS row
    FROM play
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'action' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONCompactEachRow', event_id, user_id, at, received_at, utc_offset_min, time_zone, device, action, item_id, surface, slate_id, shelf, slot) AS row
    FROM action
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'impression' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONCompactEachRow', event_id, user_id, at, received_at, utc_offset_min, time_zone, device, slate_id, shelf, slot, item_id, visible_ms, max_visible_fraction, scroll_depth) AS row
    FROM impression
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'search' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONCompactEachRow', event_id, user_id, at, received_at, utc_offset_min, time_zone, device, search_id, step, query, results, item_id, position) AS row
    FROM search
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'dialogue' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONCompactEachRow', event_id, user_id, at, received_at, utc_offset_min, time_zone, device, dialogue_id, turn, speaker, utterance, act, confidence, repair, item_id) AS row
    FROM dialogue
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'slate' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONCompactEachRow', event_id, user_id, at, received_at, slate_id, surface, cards) AS row
    FROM
    (
        SELECT
            event_id,
            user_id,
            at,
            received_at,
            slate_id,
            surface,
            toJSONString(placed) AS cards
        FROM slate
        WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    )
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
)
ORDER BY
    user_id ASC,
    at ASC,
    event_id ASC
