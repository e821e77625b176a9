-- How far events have come in and how far they were derived from: newest is the last journal sequence of an event that makes sessions, through the one up to which it was derived, oldest_open the earliest end of a session that was open then.
-- One row is: the whole
WITH
    incoming AS
    (
        SELECT
            max(last_sequence) AS newest,
            sumIf(events, kind = 'play') AS plays
        FROM
        (
            SELECT
                'play' AS kind,
                max(sequence) AS last_sequence,
                count() AS events
            FROM play
            UNION ALL
            SELECT
                'action',
                max(sequence),
                count()
            FROM action
            UNION ALL
            SELECT
                'impression',
                max(sequence),
                count()
            FROM impression
            UNION ALL
            SELECT
                'search',
                max(sequence),
                count()
            FROM search
            UNION ALL
            SELECT
                'dialogue',
                max(sequence),
                count()
            FROM dialogue
        )
    ),
    done AS
    (
        SELECT
            argMax(derivation.through, (at, derivation.through)) AS through,
            argMax(derivation.version, (at, derivation.through)) AS version,
            maxOrNull(at) AS derived_at
        FROM derivation
        WHERE name = {name:String}
    ),
    waiting AS
    (
        SELECT minOrNull(ended_at) AS oldest_open
        FROM session
        FINAL
        WHERE is_open
    )
SELECT
    newest,
    plays,
    through,
    version,
    derived_at,
    oldest_open
FROM incoming
CROSS JOIN done
CROSS JOIN waiting
