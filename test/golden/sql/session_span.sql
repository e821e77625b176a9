-- The time that sessions span: first_at the beginning of the first, last_at the latest end.
-- One row is: the whole
SELECT
    minOrNull(at) AS first_at,
    maxOrNull(ended_at) AS last_at,
    count() AS sessions,
    uniqExact(user_id) AS users
FROM session
FINAL
