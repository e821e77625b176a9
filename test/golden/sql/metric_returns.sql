-- Sessions after which the user was back within so many days, on any surface and device. x is the sessions of a user whose window was over when observation ended (until), y those followed by another in time; left_out are too young.
-- One row is: cell
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
    judged AS
    (
        SELECT
            user_id,
            if({by_surface:Bool}, if(surface = '', 'unknown', toString(surface)), '') AS cell_surface,
            if({by_intent:Bool}, if(intent = '', 'unknown', toString(intent)), '') AS cell_intent,
            if({by_device:Bool}, if(device = '', 'unknown', toString(device)), '') AS cell_device,
            countIf((ended_at + toIntervalDay({days:UInt16})) <= {until:DateTime64(3, 'UTC')}) AS x,
            countIf(((ended_at + toIntervalDay({days:UInt16})) <= {until:DateTime64(3, 'UTC')}) AND has_next AND (next_at <= (ended_at + toIntervalDay({days:UInt16})))) AS y,
            count() - x AS young
        FROM life
        WHERE (at >= {from:Date}) AND (at < {to:Date})
        GROUP BY
            user_id,
            cell_surface,
            cell_intent,
            cell_device
    )
SELECT
    cell_surface,
    cell_intent,
    cell_device,
    count() AS users,
    avg(x) AS mean_x,
    avg(y) AS mean_y,
    varSampStable(x) AS variance_x,
    varSampStable(y) AS variance_y,
    covarSampStable(x, y) AS covariance,
    countIf(x > 0) AS ratio_users,
    avgIf(y / x, x > 0) AS ratio_mean,
    varSampStableIf(y / x, x > 0) AS ratio_variance,
    sum(x) AS events,
    sum(young) AS left_out
FROM judged
GROUP BY
    cell_surface,
    cell_intent,
    cell_device
ORDER BY
    cell_surface ASC,
    cell_intent ASC,
    cell_device ASC
