-- How long users stayed away after sessions: by length in hours, how many absences ended in a return and how many were still going on when observation ended (until); with weights of the hours of the day in active hours. Users are dealt into groups by a hash, for the jackknife.
-- One row is: cell × group of users
WITH
    life AS
    (
        SELECT
            user_id,
            at,
            ended_at,
            local_day,
            local_hour,
            surface,
            intent,
            device,
            leadInFrame(at) OVER later AS next_at,
            count() OVER later > 1 AS has_next
        FROM session
        FINAL
        WHERE at < {until:DateTime64(3, 'UTC')}
        WINDOW later AS (PARTITION BY user_id ORDER BY at ASC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
    ),
    absence AS
    (
        SELECT
            user_id,
            if({by_surface:Bool}, if(surface = '', 'unknown', toString(surface)), '') AS cell_surface,
            if({by_intent:Bool}, if(intent = '', 'unknown', toString(intent)), '') AS cell_intent,
            if({by_device:Bool}, if(device = '', 'unknown', toString(device)), '') AS cell_device,
            greatest(0, toUnixTimestamp64Milli(if(has_next, next_at, {until:DateTime64(3, 'UTC')})) - toUnixTimestamp64Milli(ended_at)) AS away_ms,
            (toUnixTimestamp64Milli(ended_at) + ((((toInt64(toUInt16(local_day)) * 24) + local_hour) - intDiv(toUnixTimestamp64Milli(at), 3600000)) * 3600000)) AS local_ms,
            if(empty({weights:Array(Float64)}), away_ms / 3600000, (((intDiv((local_ms + away_ms), 86400000) * 24) + arraySum(arraySlice({weights:Array(Float64)}, 1, intDiv((local_ms + away_ms) % 86400000, 3600000)))) + ((((local_ms + away_ms) % 3600000) / 3600000) * ({weights:Array(Float64)}[intDiv((local_ms + away_ms) % 86400000, 3600000) + 1]))) - (((intDiv(local_ms, 86400000) * 24) + arraySum(arraySlice({weights:Array(Float64)}, 1, intDiv(local_ms % 86400000, 3600000)))) + (((local_ms % 3600000) / 3600000) * ({weights:Array(Float64)}[intDiv(local_ms % 86400000, 3600000) + 1])))) AS away_hours,
            if(away_hours < 48, ceil(away_hours * 4) / 4, if(away_hours < 672, ceil(away_hours), ceil(away_hours / 24) * 24)) AS away,
            toUInt64(has_next) AS came_back
        FROM life
        WHERE (at >= {from:Date}) AND (at < {to:Date})
    ),
    counted AS
    (
        SELECT
            cell_surface,
            cell_intent,
            cell_device,
            cityHash64(user_id) % 20 AS user_group,
            away,
            uniqExactState(user_id) AS away_users,
            sum(came_back) AS returned,
            count() - returned AS censored
        FROM absence
        GROUP BY
            cell_surface,
            cell_intent,
            cell_device,
            user_group,
            away
    ),
    sorted AS
    (
        SELECT
            cell_surface,
            cell_intent,
            cell_device,
            user_group,
            uniqExactMerge(away_users) AS users,
            arraySort(groupArray((away, returned, censored))) AS lengths
        FROM counted
        GROUP BY
            cell_surface,
            cell_intent,
            cell_device,
            user_group
    )
SELECT
    cell_surface,
    cell_intent,
    cell_device,
    user_group,
    users,
    lengths.1 AS hours,
    lengths.2 AS returned,
    lengths.3 AS censored
FROM sorted
ORDER BY
    cell_surface ASC,
    cell_intent ASC,
    cell_device ASC,
    user_group ASC
