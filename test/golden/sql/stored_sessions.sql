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
    )
SELECT formatRowNoNewline('JSONEachRow', * EXCEPT sign) AS row
FROM session
FINAL
WHERE (user_id >= {from_user:String}) AND (({to_user:String} = '') OR (user_id < {to_user:String})) AND (({after:UInt64} = 0) OR (user_id IN (
    SELECT user_id
    FROM touched
)))
