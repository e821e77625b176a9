-- Whether there are data of users and items whose id begins with a prefix, and of others. What was only shown to someone does not count.
-- One row is: the whole
WITH
    trace AS
    (
        SELECT startsWith(user_id, {prefix:String}) AS is_prefixed
        FROM play
        UNION ALL
        SELECT startsWith(user_id, {prefix:String})
        FROM tally
        UNION ALL
        SELECT startsWith(user_id, {prefix:String})
        FROM action
        UNION ALL
        SELECT startsWith(user_id, {prefix:String})
        FROM search
        UNION ALL
        SELECT startsWith(user_id, {prefix:String})
        FROM dialogue
        UNION ALL
        SELECT startsWith(user_id, {prefix:String})
        FROM survey
        UNION ALL
        SELECT startsWith(user_id, {prefix:String})
        FROM assignment
        UNION ALL
        SELECT startsWith(user_id, {prefix:String})
        FROM editor
    ),
    entry AS
    (
        SELECT startsWith(substring(item_id, position(item_id, ':') + 1), {prefix:String}) AS is_prefixed
        FROM item
    ),
    event_count AS
    (
        SELECT
            countIf(NOT is_prefixed) AS events,
            countIf(is_prefixed) AS prefixed_events
        FROM trace
    ),
    item_count AS
    (
        SELECT
            countIf(NOT is_prefixed) AS items,
            countIf(is_prefixed) AS prefixed_items
        FROM entry
    )
SELECT
    events,
    prefixed_events,
    items,
    prefixed_items
FROM event_count
CROSS JOIN item_count
