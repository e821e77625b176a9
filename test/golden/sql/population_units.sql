-- What each user who was active in the 28 days before a moment played before and in the window after it: the variance that an experiment begun then would have met.
-- One row is: user
WITH
    unit AS
    (
        SELECT
            user_id,
            {from:DateTime64(3, 'UTC')} AS `from`,
            `from` + toIntervalMillisecond({window_ms:UInt64}) AS to
        FROM play
        WHERE (at < {from:DateTime64(3, 'UTC')}) AND (at >= ({from:DateTime64(3, 'UTC')} - toIntervalDay(28)))
        GROUP BY user_id
    )
SELECT
    unit.user_id AS user_id,
    countIf((play.at >= `from`) AND (play.at < to)) AS plays,
    sumIf(ifNull(play.ms_played, 0), (play.at >= `from`) AND (play.at < to)) / 60000 AS minutes,
    countIf((play.at >= `from`) AND (play.at < to) AND ifNull(play.skipped, false)) AS skips,
    uniqExactIf(toDate(play.at), (play.at >= `from`) AND (play.at < to)) AS active_days,
    countIf((play.at >= (`from` + toIntervalDay(7))) AND (play.at < (`from` + toIntervalDay(14)))) > 0 AS returned,
    countIf((play.at < `from`) AND (play.at >= (`from` - toIntervalDay(28)))) AS plays_before,
    sumIf(ifNull(play.ms_played, 0), (play.at < `from`) AND (play.at >= (`from` - toIntervalDay(28)))) / 60000 AS minutes_before,
    uniqExactIf(toDate(play.at), (play.at < `from`) AND (play.at >= (`from` - toIntervalDay(28)))) AS active_days_before
FROM unit
LEFT JOIN play ON play.user_id = unit.user_id
GROUP BY user_id
ORDER BY user_id ASC
