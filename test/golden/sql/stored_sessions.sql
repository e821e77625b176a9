-- Sessions as they stand, as JSON text without their sign, of the same users as the query sessions: what is taken back before they are derived again.
-- One row is: user × session
WITH
    touched AS
    (
        SELECT DISTINCT user_id
        FROM
        (
            SELECT user_id
            FROM play
            WHERE sequence > {after:UInt64}
            UNION ALL
            SELECT user_id
            FROM action
            WHERE sequence > {after:UInt64}
            UNION ALL
            SELECT user_id
            FROM impression
            WHERE sequence > {after:UInt64}
            UNION ALL
            SELECT user_id
            FROM search
            WHERE sequence > {after:UInt64}
            UNION ALL
            SELECT user_id
            FROM dialogue
            WHERE sequence > {after:UInt64}
            UNION ALL
            SELECT user_id
            FROM session
            WHERE is_open
        )
    )
SELECT formatRowNoNewline('JSONEachRow', * EXCEPT sign) AS row
FROM session
FINAL
WHERE ((cityHash64(user_id) % {slices:UInt32}) = {slice:UInt32}) AND (({after:UInt64} = 0) OR (user_id IN (
    SELECT user_id
    FROM touched
)))
