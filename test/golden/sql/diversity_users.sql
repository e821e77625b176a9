-- Users who played in a window: how much, on how many days, since when, whether they came back after it and were there before it, and their arm of an experiment that may have moved what they played.
-- One row is: user
WITH
    assigned AS
    (
        SELECT
            user_id,
            argMin(arm, at) AS first_arm,
            uniqExact(arm) AS arms
        FROM assignment
        WHERE (experiment = {experiment:String}) AND (at < {moment:DateTime64(3, 'UTC')})
        GROUP BY user_id
    )
SELECT
    play.user_id AS user_id,
    countIf((at >= {from:DateTime64(3, 'UTC')}) AND (at < {moment:DateTime64(3, 'UTC')})) AS plays,
    uniqExactIf(toDate(at), (at >= {from:DateTime64(3, 'UTC')}) AND (at < {moment:DateTime64(3, 'UTC')})) AS active_days,
    dateDiff('second', min(at), {moment:DateTime64(3, 'UTC')}) / 86400 AS tenure_days,
    toBool(countIf(at >= {moment:DateTime64(3, 'UTC')}) > 0) AS came_back,
    toBool(countIf((at >= {before:DateTime64(3, 'UTC')}) AND (at < {from:DateTime64(3, 'UTC')})) > 0) AS was_there,
    if(any(assigned.arms) = 1, any(assigned.first_arm), '') AS arm
FROM play
LEFT JOIN assigned ON assigned.user_id = play.user_id
WHERE at < {until:DateTime64(3, 'UTC')}
GROUP BY user_id
HAVING plays > 0
ORDER BY user_id ASC
