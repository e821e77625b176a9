-- Moments over users of ratios of what is rolled up by user and day, pair by pair: skips / plays, active_days / user. x is the denominator of a user, y the numerator; days are UTC, half-open.
-- One row is: cell
WITH
    taken_back AS
    (
        SELECT DISTINCT user_id
        FROM user_day
        WHERE (day >= {from:Date}) AND (day < {to:Date}) AND (sessions <= 0)
    ),
    user_cell AS
    (
        SELECT
            user_id,
            if({by_surface:Bool}, user_day.surface, '') AS surface,
            if({by_intent:Bool}, user_day.intent, '') AS intent,
            if({by_device:Bool}, user_day.device, '') AS device,
            toFloat64(if(countIf((user_id IN (
                SELECT user_id
                FROM taken_back
            ))) > 0, arrayCount(held -> (held > 0), (sumMapIf([day], [user_day.sessions], (user_id IN (
                SELECT user_id
                FROM taken_back
            )))).2), groupBitmap(toUInt16(day)))) AS of_active_days,
            toFloat64(sum(user_day.plays)) AS of_plays,
            toFloat64(sum(user_day.skips)) AS of_skips,
            toFloat64(1) AS of_user
        FROM user_day
        WHERE (day >= {from:Date}) AND (day < {to:Date})
        GROUP BY
            user_id,
            surface,
            intent,
            device
        HAVING sum(user_day.sessions) > 0
    )
SELECT
    if({by_surface:Bool}, if(surface = '', 'unknown', toString(surface)), '') AS cell_surface,
    if({by_intent:Bool}, if(intent = '', 'unknown', toString(intent)), '') AS cell_intent,
    if({by_device:Bool}, if(device = '', 'unknown', toString(device)), '') AS cell_device,
    count() AS users,
    [avg(of_plays), avg(of_user)] AS mean_x,
    [avg(of_skips), avg(of_active_days)] AS mean_y,
    [varSampStable(of_plays), varSampStable(of_user)] AS variance_x,
    [varSampStable(of_skips), varSampStable(of_active_days)] AS variance_y,
    [covarSampStable(of_plays, of_skips), covarSampStable(of_user, of_active_days)] AS covariance,
    [countIf(of_plays > 0), countIf(of_user > 0)] AS ratio_users,
    [avgIf(of_skips / of_plays, of_plays > 0), avgIf(of_active_days / of_user, of_user > 0)] AS ratio_mean,
    [varSampStableIf(of_skips / of_plays, of_plays > 0), varSampStableIf(of_active_days / of_user, of_user > 0)] AS ratio_variance,
    [sum(of_plays), sum(of_user)] AS events
FROM user_cell
GROUP BY
    cell_surface,
    cell_intent,
    cell_device
ORDER BY
    cell_surface ASC,
    cell_intent ASC,
    cell_device ASC
