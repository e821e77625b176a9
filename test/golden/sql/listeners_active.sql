-- Listeners of whom an event of some kinds happened in [from, to), those with the latest first.
-- One row is: user
SELECT user_id
FROM
(
    SELECT
        user_id,
        max(at) AS last_at
    FROM play
    WHERE has({kinds:Array(String)}, 'play') AND (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM action
    WHERE has({kinds:Array(String)}, 'action') AND (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM impression
    WHERE has({kinds:Array(String)}, 'impression') AND (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM search
    WHERE has({kinds:Array(String)}, 'search') AND (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM dialogue
    WHERE has({kinds:Array(String)}, 'dialogue') AND (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')})
    GROUP BY user_id
    UNION ALL
    SELECT
        user_id,
        max(at) AS last_at
    FROM slate
    WHERE has({kinds:Array(String)}, 'slate') AND (at >= {from:DateTime64(3, 'UTC')}) AND (at < {to:DateTime64(3, 'UTC')}) AND (empty({surfaces:Array(String)}) OR has({surfaces:Array(String)}, surface))
    GROUP BY user_id
)
GROUP BY user_id
ORDER BY
    max(last_at) DESC,
    user_id ASC
LIMIT {limit:UInt32}
