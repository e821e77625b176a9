-- Listeners of whom something happened in [from, to), those with the latest first.
-- One row is: user
SELECT user_id
FROM
(
    SELECT
        user_id,
        max(at) AS last_at
    FROM play
    WHERE (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM action
    WHERE (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM impression
    WHERE (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM search
    WHERE (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM dialogue
    WHERE (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
)
GROUP BY user_id
ORDER BY
    max(last_at) DESC,
    user_id ASC
LIMIT {limit:UInt32}
