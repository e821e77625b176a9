-- Everything kept of a user, each row as JSON text, by time.
-- One row is: event
SELECT
    kind,
    row
FROM
(
    SELECT
        'slate' AS kind,
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence) AS row
    FROM slate
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'impression',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM impression
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'play',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM play
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'tally',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM tally
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'action',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM action
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'search',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM search
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'dialogue',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM dialogue
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'survey',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM survey
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'assignment',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM assignment
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'editor',
        at,
        formatRowNoNewline('JSONEachRow', * EXCEPT sequence)
    FROM editor
    WHERE user_id = {user_id:String}
)
ORDER BY
    at ASC,
    kind ASC
