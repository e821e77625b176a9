-- Listeners whose id begins with a text, most plays first; last_at is their last single play.
-- One row is: user
WITH
    trace AS
    (
        SELECT
            user_id,
            count() AS plays,
            max(at) AS last_at
        FROM play
        WHERE startsWith(user_id, {prefix:String})
        GROUP BY user_id
        UNION ALL
        SELECT
            user_id,
            sum(tally.plays),
            NULL
        FROM tally
        WHERE startsWith(user_id, {prefix:String})
        GROUP BY user_id
    )
SELECT
    user_id,
    sum(trace.plays) AS plays,
    max(trace.last_at) AS last_at
FROM trace
GROUP BY user_id
ORDER BY
    plays DESC,
    user_id ASC
LIMIT {limit:UInt32}
