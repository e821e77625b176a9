-- Cards of slates by their place on the page (row and slot, both up to 20): delivered, on pages whose client tells what came into view (watched), looked at, and played from their slate. Intent is that of the session around it, and so is the device of a slate that names none.
-- One row is: cell × group of users × place
WITH
    card AS
    (
        SELECT
            user_id,
            slate.at AS at,
            toString(slate.surface) AS surface,
            toString(ifNull(slate.device, '')) AS own_device,
            slate_id,
            one.item_id AS item_id,
            (least(one.row, 20) * 100) + least(one.slot, 20) AS place
        FROM slate
        ARRAY JOIN slate.placed AS one
        WHERE (slate.at >= {from:Date}) AND (slate.at < {to:Date})
    ),
    seen AS
    (
        SELECT
            user_id,
            slate_id,
            item_id,
            max((ifNull(visible_ms, 0) >= 1000) AND (ifNull(max_visible_fraction, 1) >= 0.5)) AS is_examined
        FROM impression
        WHERE slate_id IN (
            SELECT slate_id
            FROM card
        )
        GROUP BY
            user_id,
            slate_id,
            item_id
    ),
    watched AS
    (
        SELECT DISTINCT
            user_id,
            slate_id,
            1 AS is_watched
        FROM impression
        WHERE (visible_ms IS NOT NULL) AND (slate_id IN (
            SELECT slate_id
            FROM card
        ))
    ),
    played AS
    (
        SELECT DISTINCT
            user_id,
            assumeNotNull(play.slate_id) AS slate_id,
            item_id,
            1 AS is_played
        FROM play
        WHERE play.slate_id IN (
            SELECT slate_id
            FROM card
        )
    ),
    met AS
    (
        SELECT
            card.user_id AS user_id,
            card.surface AS surface,
            if((around.ended_at + toIntervalMinute(30)) >= card.at, toString(around.intent), 'unknown') AS intent,
            if(card.own_device != '', card.own_device, toString(around.device)) AS device,
            card.place AS place,
            watched.is_watched = 1 AS is_watched,
            (seen.is_examined = 1) AND (watched.is_watched = 1) AS is_examined,
            played.is_played = 1 AS is_played
        FROM card
        ASOF LEFT JOIN
        (
            SELECT
                user_id,
                at,
                ended_at,
                intent,
                device
            FROM session
            FINAL
        ) AS around ON (around.user_id = card.user_id) AND (around.at <= card.at)
        LEFT JOIN seen ON (seen.user_id = card.user_id) AND (seen.slate_id = card.slate_id) AND (seen.item_id = card.item_id)
        LEFT JOIN watched ON (watched.user_id = card.user_id) AND (watched.slate_id = card.slate_id)
        LEFT JOIN played ON (played.user_id = card.user_id) AND (played.slate_id = card.slate_id) AND (played.item_id = card.item_id)
    )
SELECT
    if({by_surface:Bool}, if(surface = '', 'unknown', toString(surface)), '') AS cell_surface,
    if({by_intent:Bool}, if(intent = '', 'unknown', toString(intent)), '') AS cell_intent,
    if({by_device:Bool}, if(device = '', 'unknown', toString(device)), '') AS cell_device,
    cityHash64(user_id) % 20 AS group,
    place,
    uniqExact(user_id) AS users,
    count() AS delivered,
    countIf(is_watched) AS watched,
    countIf(is_examined) AS examined,
    countIf(is_played) AS clicks,
    countIf(is_examined AND is_played) AS examined_clicks
FROM met
GROUP BY
    cell_surface,
    cell_intent,
    cell_device,
    group,
    place
ORDER BY
    cell_surface ASC,
    cell_intent ASC,
    cell_device ASC,
    group ASC,
    place ASC
