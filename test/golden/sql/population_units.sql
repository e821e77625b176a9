-- Sums of the sessions of each user who was active in the 28 days before a moment, in windows around it: the variance that an experiment begun then would have met.
-- One row is: user × window
WITH
    unit AS
    (
        SELECT
            user_id AS unit_id,
            user_id,
            {from:DateTime64(3, 'UTC')} AS moment,
            toDateTime64('2200-01-01 00:00:00.000', 3, 'UTC') AS next_moment
        FROM session
        FINAL
        WHERE (at < {from:DateTime64(3, 'UTC')}) AND (at >= ({from:DateTime64(3, 'UTC')} - toIntervalDay(28)))
        GROUP BY user_id
    ),
    span AS
    (
        SELECT
            unit_id,
            user_id,
            moment,
            place,
            moment + toIntervalMillisecond(starts) AS `from`,
            if(ends <= 0, moment + toIntervalMillisecond(ends), least(moment + toIntervalMillisecond(ends), {until:DateTime64(3, 'UTC')}, next_moment)) AS to,
            if(ends <= 0, moment, {until:DateTime64(3, 'UTC')}) AS known_until
        FROM unit
        ARRAY JOIN
            {starts:Array(Int64)} AS starts,
            {ends:Array(Int64)} AS ends,
            arrayEnumerate({starts:Array(Int64)}) AS place
    ),
    life AS
    (
        SELECT
            user_id,
            at,
            ended_at,
            (toUnixTimestamp64Milli(ended_at) + ((((toInt64(toUInt16(local_day)) * 24) + local_hour) - intDiv(toUnixTimestamp64Milli(at), 3600000)) * 3600000)) AS local_ms,
            plays,
            listens,
            played_ms,
            skips,
            early_skips,
            kept,
            added,
            refused,
            actions,
            searches,
            impressions,
            examined,
            leadInFrame(at) OVER later AS next_at,
            count() OVER later > 1 AS has_next
        FROM session
        FINAL
        WHERE (at < {until:DateTime64(3, 'UTC')}) AND (user_id IN (
            SELECT user_id
            FROM unit
        ))
        WINDOW later AS (PARTITION BY user_id ORDER BY at ASC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
    )
SELECT
    span.user_id AS user_id,
    span.place AS place,
    sumForEachIf([toFloat64(1), toFloat64(life.plays), toFloat64(life.listens), toFloat64(life.played_ms), toFloat64(life.skips), toFloat64(life.early_skips), toFloat64(life.kept), toFloat64(life.added), toFloat64(life.refused), toFloat64(life.actions), toFloat64(life.searches), toFloat64(life.impressions), toFloat64(life.examined)], (life.at >= span.`from`) AND (life.at < span.to)) AS sums,
    uniqExactIf(toDate(life.at), (life.at >= span.`from`) AND (life.at < span.to)) AS active_days,
    sumForEachIf(arrayMap(ms -> toFloat64((life.ended_at + toIntervalMillisecond(ms)) <= span.known_until), {return_ms:Array(Int64)}), (life.at >= span.`from`) AND (life.at < span.to)) AS judged,
    sumForEachIf(arrayMap(ms -> toFloat64(((life.ended_at + toIntervalMillisecond(ms)) <= span.known_until) AND life.has_next AND (life.next_at <= (life.ended_at + toIntervalMillisecond(ms)))), {return_ms:Array(Int64)}), (life.at >= span.`from`) AND (life.at < span.to)) AS returned,
    arraySort(groupArrayIf((life.local_ms, greatest(0, toUnixTimestamp64Milli(if(life.has_next AND (life.next_at <= span.known_until), life.next_at, span.known_until)) - toUnixTimestamp64Milli(life.ended_at)), toUInt8(life.has_next AND (life.next_at <= span.known_until))), {absences:Bool} AND (life.ended_at >= span.`from`) AND (life.ended_at < span.to))) AS gaps
FROM span
LEFT JOIN life ON life.user_id = span.user_id
GROUP BY
    user_id,
    place
ORDER BY
    user_id ASC,
    place ASC
