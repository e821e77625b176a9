-- Who listened to what, how often, and what they said of it: the input of training. Listens are plays that count by the listen rule plus tallied plays; last_at is the last play and null where only actions are known; liked, disliked and hidden follow the last action of their kind. sample_permille below 1000 keeps that share of users.
-- One row is: user × item
WITH
    trace AS
    (
        SELECT
            user_id,
            item_id,
            sum(multiIf(ms_played IS NULL, NOT ifNull(skipped, false), assumeNotNull(ms_played) >= 30000, true, (ifNull(duration_ms, 0) > 0) AND (assumeNotNull(ms_played) >= (0.9 * ifNull(duration_ms, 0))))) AS listens,
            count() AS plays,
            max(at) AS last_at,
            0 AS like_at,
            0 AS unlike_at,
            0 AS dislike_at,
            0 AS hide_at,
            0 AS unhide_at
        FROM play
        WHERE (cityHash64(user_id) % 1000) < {sample_permille:UInt32}
        GROUP BY
            user_id,
            item_id
        UNION ALL
        SELECT
            user_id,
            item_id,
            sum(tally.plays),
            sum(tally.plays),
            max(at),
            0,
            0,
            0,
            0,
            0
        FROM tally
        WHERE (cityHash64(user_id) % 1000) < {sample_permille:UInt32}
        GROUP BY
            user_id,
            item_id
        UNION ALL
        SELECT
            user_id,
            assumeNotNull(item_id),
            0,
            0,
            toDateTime64(0, 3, 'UTC'),
            toUnixTimestamp64Milli(maxIf(at, action = 'like')),
            toUnixTimestamp64Milli(maxIf(at, (action IN ('unlike', 'dislike')))),
            toUnixTimestamp64Milli(maxIf(at, action = 'dislike')),
            toUnixTimestamp64Milli(maxIf(at, action = 'hide')),
            toUnixTimestamp64Milli(maxIf(at, action = 'unhide'))
        FROM action
        WHERE (item_id IS NOT NULL) AND (action IN ('like', 'unlike', 'dislike', 'hide', 'unhide')) AND ((cityHash64(user_id) % 1000) < {sample_permille:UInt32})
        GROUP BY
            user_id,
            item_id
    )
SELECT
    user_id,
    item_id,
    sum(trace.listens) AS listens,
    sum(trace.plays) AS plays,
    nullIf(max(trace.last_at), toDateTime64(0, 3, 'UTC')) AS last_at,
    toBool(max(like_at) > max(unlike_at)) AS liked,
    toBool(max(dislike_at) > max(like_at)) AS disliked,
    toBool(max(hide_at) > max(unhide_at)) AS hidden
FROM trace
GROUP BY
    user_id,
    item_id
ORDER BY
    user_id ASC,
    item_id ASC
