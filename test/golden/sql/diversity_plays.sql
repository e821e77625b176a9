-- What each user listened to in a window, and how often: what the diversity of their taste is made of.
-- One row is: user × item
SELECT
    user_id,
    item_id,
    sum(multiIf(ms_played IS NULL, NOT ifNull(skipped, false), assumeNotNull(ms_played) >= 30000, true, (ifNull(duration_ms, 0) > 0) AND (assumeNotNull(ms_played) >= (0.9 * ifNull(duration_ms, 0))))) AS listens
FROM play
WHERE (at >= {from:DateTime64(3, 'UTC')}) AND (at < {moment:DateTime64(3, 'UTC')})
GROUP BY
    user_id,
    item_id
HAVING listens > 0
ORDER BY
    user_id ASC,
    item_id ASC
