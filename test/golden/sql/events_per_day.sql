-- Events of each kind on each day (UTC) from a time on; days without events are left out.
-- One row is: kind × day
SELECT
    kind,
    day,
    events
FROM
(
    SELECT
        'slate' AS kind,
        toDate(at) AS day,
        count() AS events
    FROM slate
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'impression',
        toDate(at) AS day,
        count()
    FROM impression
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'play',
        toDate(at) AS day,
        count()
    FROM play
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'tally',
        toDate(at) AS day,
        count()
    FROM tally
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'action',
        toDate(at) AS day,
        count()
    FROM action
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'search',
        toDate(at) AS day,
        count()
    FROM search
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'dialogue',
        toDate(at) AS day,
        count()
    FROM dialogue
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'survey',
        toDate(at) AS day,
        count()
    FROM survey
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'assignment',
        toDate(at) AS day,
        count()
    FROM assignment
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
    UNION ALL
    SELECT
        'editor',
        toDate(at) AS day,
        count()
    FROM editor
    WHERE at >= {since:DateTime64(3, 'UTC')}
    GROUP BY day
)
ORDER BY
    day ASC,
    kind ASC
