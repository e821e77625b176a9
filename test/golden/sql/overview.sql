-- What is in here: rows of each table and the time they span; times of items are those of their versions.
-- One row is: table
SELECT
    kind,
    row_count,
    first_at,
    last_at
FROM
(
    SELECT
        'slate' AS kind,
        count() AS row_count,
        minOrNull(at) AS first_at,
        maxOrNull(at) AS last_at
    FROM slate
    UNION ALL
    SELECT
        'impression',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM impression
    UNION ALL
    SELECT
        'play',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM play
    UNION ALL
    SELECT
        'tally',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM tally
    UNION ALL
    SELECT
        'action',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM action
    UNION ALL
    SELECT
        'search',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM search
    UNION ALL
    SELECT
        'dialogue',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM dialogue
    UNION ALL
    SELECT
        'survey',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM survey
    UNION ALL
    SELECT
        'assignment',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM assignment
    UNION ALL
    SELECT
        'editor',
        count(),
        minOrNull(at),
        maxOrNull(at)
    FROM editor
    UNION ALL
    SELECT
        'item',
        count(),
        minOrNull(updated_at),
        maxOrNull(updated_at)
    FROM item
)
ORDER BY kind ASC
