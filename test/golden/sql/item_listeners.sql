-- How many listeners each item has, everyone counted: those with at least one listen or tallied play.
-- One row is: item
WITH
    audience AS
    (
        SELECT
            item_id,
            user_id
        FROM play
        WHERE multiIf(ms_played IS NULL, NOT ifNull(skipped, false), assumeNotNull(ms_played) >= 30000, true, (ifNull(duration_ms, 0) > 0) AND (assumeNotNull(ms_played) >= (0.9 * ifNull(duration_ms, 0))))
        UNION ALL
        SELECT
            item_id,
            user_id
        FROM tally
    )
SELECT
    item_id,
    uniqExact(user_id) AS listeners
FROM audience
GROUP BY item_id
ORDER BY item_id ASC
