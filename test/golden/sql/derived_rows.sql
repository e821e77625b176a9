-- How many rows made from the events of a user there are, by table; tables without any are left out.
-- One row is: derived table
SELECT
    name,
    row_count
FROM
(
    SELECT
        'session' AS name,
        count() AS row_count
    FROM session
    WHERE user_id = {user_id:String}
    UNION ALL
    SELECT
        'user_day',
        count()
    FROM user_day
    WHERE user_id = {user_id:String}
)
WHERE row_count > 0
ORDER BY name ASC
