-- How many rows each table holds of a user: what erasing removes, and the proof that nothing is left.
-- One row is: table
SELECT
    kind,
    row_count
FROM
(
    SELECT
        'slate' AS kind,
        count() AS row_count
    FROM slate
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'impression',
        count()
    FROM impression
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'play',
        count()
    FROM play
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'tally',
        count()
    FROM tally
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'action',
        count()
    FROM action
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'search',
        count()
    FROM search
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'dialogue',
        count()
    FROM dialogue
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'survey',
        count()
    FROM survey
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'assignment',
        count()
    FROM assignment
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'editor',
        count()
    FROM editor
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'unit',
        count()
    FROM unit
    WHERE user_id = {user_id:String}
)
ORDER BY kind ASC
