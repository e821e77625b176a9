-- Units of an experiment with arm and first exposure, and sums of the sessions of their users in windows around it. A unit ends where the user's next one begins.
-- One row is: unit × user × window
WITH
    entry AS
    (
        SELECT
            user_id,
            arm,
            at,
            exposed,
            ifNull(device, '') AS on_device,
            JSONExtractString(extra, 'unit') AS named_unit
        FROM assignment
        WHERE (experiment = {experiment:String}) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    ),
    named AS
    (
        SELECT
            if(named_unit = '', user_id, named_unit) AS unit_id,
            user_id,
            argMin(arm, at) AS first_arm,
            uniqExact(arm) AS arm_count,
            max(exposed) AS was_exposed,
            minIf(at, exposed) AS moment,
            argMinIf(on_device, at, exposed) AS first_device
        FROM entry
        GROUP BY
            unit_id,
            user_id
    ),
    unit AS
    (
        SELECT
            unit_id,
            user_id,
            first_arm,
            arm_count,
            was_exposed,
            moment,
            first_device,
            if(count() OVER later > 1, leadInFrame(moment) OVER later, toDateTime64('2200-01-01 00:00:00.000', 3, 'UTC')) AS next_moment
        FROM named
        WINDOW later AS (PARTITION BY user_id ORDER BY moment ASC, unit_id ASC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
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
    ),
    did AS
    (
        SELECT
            span.unit_id AS unit_id,
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
            unit_id,
            user_id,
            place
    )
SELECT
    unit.unit_id AS unit,
    unit.first_arm AS arm,
    unit.arm_count AS arms,
    unit.was_exposed AS exposed,
    toUnixTimestamp64Milli(unit.moment) AS exposed_ms,
    toUnixTimestamp64Milli(unit.next_moment) AS next_ms,
    unit.first_device AS device,
    unit.user_id AS user_id,
    did.place AS place,
    did.sums AS sums,
    did.active_days AS active_days,
    did.judged AS judged,
    did.returned AS returned,
    did.gaps AS gaps
FROM unit
INNER JOIN did ON (did.unit_id = unit.unit_id) AND (did.user_id = unit.user_id)
ORDER BY
    unit ASC,
    user_id ASC,
    place ASC
