-- Items listened to one after another: a session ends where nothing begins for longer than gap_ms (usually 30 min). Sessions of one item are left out, since nothing was listened to beside it.
-- One row is: user × session
WITH
    user_play AS
    (
        SELECT
            user_id,
            arraySort(groupArray((at, event_id, item_id))) AS plays,
            arrayDifference(arrayMap(play -> toUnixTimestamp64Milli(play.1), plays)) AS gaps_ms
        FROM play
        WHERE multiIf(ms_played IS NULL, NOT ifNull(skipped, false), assumeNotNull(ms_played) >= 30000, true, (ifNull(duration_ms, 0) > 0) AND (assumeNotNull(ms_played) >= (0.9 * ifNull(duration_ms, 0)))) AND ((cityHash64(user_id) % 1000) < {sample_permille:UInt32})
        GROUP BY user_id
    ),
    session AS
    (
        SELECT
            user_id,
            arrayJoin(arraySplit((play, gap_ms) -> (gap_ms > {gap_ms:UInt32}), plays, gaps_ms)) AS session_plays
        FROM user_play
    )
SELECT
    user_id,
    (session_plays[1]).1 AS started_at,
    arrayMap(play -> (play.3), session_plays) AS items
FROM session
WHERE length(session_plays) > 1
ORDER BY
    user_id ASC,
    started_at ASC
