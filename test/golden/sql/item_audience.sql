-- Who an item reaches: listeners with at least one listen or tallied play, and all plays of it.
-- One row is: item
WITH
    user_trace AS
    (
        SELECT
            user_id,
            count() AS plays,
            sum(multiIf(ms_played IS NULL, NOT ifNull(skipped, false), assumeNotNull(ms_played) >= 30000, true, (ifNull(duration_ms, 0) > 0) AND (assumeNotNull(ms_played) >= (0.9 * ifNull(duration_ms, 0))))) AS listens
        FROM play
        WHERE item_id = {item_id:String}
        GROUP BY user_id
        UNION ALL
        SELECT
            user_id,
            sum(tally.plays),
            sum(tally.plays)
        FROM tally
        WHERE item_id = {item_id:String}
        GROUP BY user_id
    )
SELECT
    uniqExactIf(user_id, listens > 0) AS listeners,
    sum(user_trace.plays) AS plays
FROM user_trace
