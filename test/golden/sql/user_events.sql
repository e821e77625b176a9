-- A listener's plays, newest first: what user state is built from.
-- One row is: play
SELECT
    event_id,
    item_id,
    at,
    received_at,
    ms_played,
    duration_ms,
    skipped,
    reason_start,
    reason_end,
    source,
    user_initiated,
    session_id,
    device,
    time_zone,
    utc_offset_min,
    slate_id,
    shelf,
    slot
FROM play
WHERE user_id = {user_id:String}
ORDER BY
    at DESC,
    event_id DESC
LIMIT {limit:UInt32}
