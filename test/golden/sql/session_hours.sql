-- At which hour of their own clocks listeners began sessions, before a moment.
-- One row is: hour of the day
SELECT
    toUInt8(local_hour) AS hour,
    sum(sign) AS sessions
FROM session
WHERE at < {until:DateTime64(3, 'UTC')}
GROUP BY hour
HAVING sessions > 0
ORDER BY hour ASC
