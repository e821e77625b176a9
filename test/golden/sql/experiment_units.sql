-- Units of an experiment with arm, first exposure, and what their users played in the window after it and in the 28 days before.
-- One row is: unit × user
WITH
    entry AS
    (
        SELECT
            user_id,
            arm,
            at,
            exposed,
            JSONExtractString(extra, 'unit') AS named_unit
        FROM assignment
        WHERE (experiment = {experiment:String}) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    ),
    unit AS
    (
        SELECT
            if(named_unit = '', user_id, named_unit) AS unit_id,
            user_id,
            argMin(arm, at) AS first_arm,
            uniqExact(arm) AS arm_count,
            max(exposed) AS was_exposed,
            minIf(at, exposed) AS `from`,
            least(`from` + toIntervalMillisecond({window_ms:UInt64}), {until:DateTime64(3, 'UTC')}) AS to
        FROM entry
        GROUP BY
            unit_id,
            user_id
    )
SELECT
    unit.unit_id AS unit,
    unit.user_id AS user_id,
    any(unit.first_arm) AS arm,
    any(unit.arm_count) AS arms,
    any(unit.was_exposed) AS exposed,
    toUnixTimestamp64Milli(any(unit.`from`)) AS exposed_ms,
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
GROUP BY
    unit,
    user_id
ORDER BY
    unit ASC,
    user_id ASC
