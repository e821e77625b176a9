-- The last slates of a listener on some surfaces, for each from a moment of its own on, newest first, without their candidates.
-- One row is: slate
SELECT
    event_id,
    user_id,
    at,
    received_at,
    utc_offset_min,
    time_zone,
    session_id,
    device,
    app,
    slate_id,
    surface,
    context,
    policy,
    model,
    seed,
    exploration,
    log_propensity,
    fallback,
    shelves,
    cards,
    filtered,
    extra
FROM slate
WHERE (user_id = {user_id:String}) AND (at >= arrayMin({since:Array(DateTime64(3, 'UTC'))})) AND (surface IN ({surfaces:Array(String)})) AND (at >= ({since:Array(DateTime64(3, 'UTC'))}[indexOf({surfaces:Array(String)}, surface)]))
ORDER BY
    at DESC,
    event_id DESC
LIMIT {limit:UInt32} BY surface
