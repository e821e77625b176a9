-- Days (UTC, since 1970) on which each user played something, from a time up to another.
-- One row is: user × day
SELECT
    user_id,
    toUInt32(toRelativeDayNum(at, 'UTC')) AS day
FROM play
WHERE (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
GROUP BY
    user_id,
    day
ORDER BY
    user_id ASC,
    day ASC
