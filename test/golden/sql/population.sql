-- How many listeners have played or done anything, how many items are known, and how many were played.
-- One row is: the whole
WITH
    listener AS
    (
        SELECT uniqExact(user_id) AS listeners
        FROM
        (
            SELECT user_id
            FROM play
            UNION ALL
            SELECT user_id
            FROM tally
            UNION ALL
            SELECT user_id
            FROM action
        )
    ),
    known AS
    (
        SELECT uniqExact(item_id) AS items
        FROM item
    ),
    played AS
    (
        SELECT uniqExact(item_id) AS items_played
        FROM
        (
            SELECT item_id
            FROM play
            UNION ALL
            SELECT item_id
            FROM tally
        )
    )
SELECT
    listeners,
    items,
    items_played
FROM listener
CROSS JOIN known
CROSS JOIN played
