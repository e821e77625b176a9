-- A listener's likes, hides and other actions, newest first.
-- One row is: action
SELECT
    event_id,
    at,
    received_at,
    action,
    item_id,
    surface,
    slate_id,
    shelf,
    slot,
    setting,
    value,
    time_zone,
    utc_offset_min
FROM action
WHERE user_id = {user_id:String}
ORDER BY
    at DESC,
    event_id DESC
LIMIT {limit:UInt32}
