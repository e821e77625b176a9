-- Ranges of users, in the order of their ids, with about so many plays each: the first user of each. Tables are ordered by user, so a range reads its own part alone.
-- One row is: range of users
SELECT
    min(user_id) AS from_user,
    sum(user_plays) AS plays
FROM
(
    SELECT
        user_id,
        user_plays,
        intDiv(sum(user_plays) OVER (ORDER BY user_id ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - user_plays, {plays:UInt64}) AS range_number
    FROM
    (
        SELECT
            user_id,
            count() AS user_plays
        FROM play
        GROUP BY user_id
    )
)
GROUP BY range_number
ORDER BY from_user ASC
