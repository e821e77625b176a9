-- One slate with everything that was logged of it; no row when it is not known.
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
    extra,
    candidates
FROM slate
WHERE slate_id = {slate_id:String}
ORDER BY sequence ASC
LIMIT 1
