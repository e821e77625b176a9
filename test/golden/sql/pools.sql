-- Editorial pools as they stand: the last change of each, unless it removed the pool.
-- One row is: pool
SELECT
    pool_id,
    title,
    purpose,
    items,
    at
FROM
(
    SELECT
        pool_id,
        change,
        title,
        purpose,
        items,
        at
    FROM editor
    ORDER BY
        at DESC,
        sequence DESC
    LIMIT 1 BY pool_id
)
WHERE change = 'put'
ORDER BY pool_id ASC
