-- What listeners did and saw in [since, until), each row as JSON text; of slates where they stood alone.
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
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence) AS row
    FROM play
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'action' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence) AS row
    FROM action
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'impression' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence) AS row
    FROM impression
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'search' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence) AS row
    FROM search
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'dialogue' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence) AS row
    FROM dialogue
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    UNION ALL
    SELECT
        'slate' AS kind,
        user_id,
        at,
        event_id,
        formatRowNoNewline('JSONEachRow', event_id, user_id, at, received_at, slate_id, surface) AS row
    FROM slate
    WHERE (user_id IN ({user_ids:Array(String)})) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
)
ORDER BY
    user_id ASC,
    at ASC,
    event_id ASC
