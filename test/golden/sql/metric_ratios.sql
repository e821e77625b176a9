-- Moments over users of ratios of what is rolled up by user and day: numerators and denominators are places, from 1, in the list user, active_days, sessions, plays, listens, played_ms, skips, early_skips, kept, added, refused, actions, searches, impressions, examined. x is the denominator of a user, y the numerator; days are UTC, half-open.
-- One row is: cell × pair
WITH
    user_cell AS
    (
        SELECT
            user_id,
            if({by_surface:Bool}, if(surface = '', 'unknown', toString(surface)), '') AS cell_surface,
            if({by_intent:Bool}, if(intent = '', 'unknown', toString(intent)), '') AS cell_intent,
            if({by_device:Bool}, if(device = '', 'unknown', toString(device)), '') AS cell_device,
            [toFloat64(1), toFloat64(uniqExact(day)), toFloat64(sum(user_day.sessions)), toFloat64(sum(user_day.plays)), toFloat64(sum(user_day.listens)), toFloat64(sum(user_day.played_ms)), toFloat64(sum(user_day.skips)), toFloat64(sum(user_day.early_skips)), toFloat64(sum(user_day.kept)), toFloat64(sum(user_day.added)), toFloat64(sum(user_day.refused)), toFloat64(sum(user_day.actions)), toFloat64(sum(user_day.searches)), toFloat64(sum(user_day.impressions)), toFloat64(sum(user_day.examined))] AS sums
        FROM user_day
        FINAL
        WHERE (day >= {from:Date}) AND (day < {to:Date}) AND (user_day.sessions > 0)
        GROUP BY
            user_id,
            cell_surface,
            cell_intent,
            cell_device
    ),
    user_pair AS
    (
        SELECT
            cell_surface,
            cell_intent,
            cell_device,
            pair,
            sums[denominator] AS x,
            sums[numerator] AS y
        FROM user_cell
        ARRAY JOIN
            {numerators:Array(UInt8)} AS numerator,
            {denominators:Array(UInt8)} AS denominator,
            arrayEnumerate({numerators:Array(UInt8)}) AS pair
    )
SELECT
    cell_surface,
    cell_intent,
    cell_device,
    pair,
    count() AS users,
    avg(x) AS mean_x,
    avg(y) AS mean_y,
    varSampStable(x) AS variance_x,
    varSampStable(y) AS variance_y,
    covarSampStable(x, y) AS covariance,
    countIf(x > 0) AS ratio_users,
    avgIf(y / x, x > 0) AS ratio_mean,
    varSampStableIf(y / x, x > 0) AS ratio_variance,
    sum(x) AS events
FROM user_pair
GROUP BY
    cell_surface,
    cell_intent,
    cell_device,
    pair
ORDER BY
    cell_surface ASC,
    cell_intent ASC,
    cell_device ASC,
    pair ASC
