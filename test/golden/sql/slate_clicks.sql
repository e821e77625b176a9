-- Cards of each slate: delivered, looked at, and played from it, all before a moment; of the listeners of an experiment, or of everybody without one.
-- One row is: slate
WITH
    card AS
    (
        SELECT
            user_id,
            slate.at AS at,
            slate_id,
            tupleElement(arrayJoin(placed), 'item_id') AS item_id
        FROM slate
        WHERE (slate.at >= {from:DateTime64(3, 'UTC')}) AND (slate.at < {until:DateTime64(3, 'UTC')}) AND (({experiment:String} = '') OR (user_id IN (
            SELECT user_id
            FROM assignment
            WHERE experiment = {experiment:String}
        )))
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
            card.slate_id AS slate_id,
            card.at AS at,
            (seen.is_examined = 1) AND (watched.is_watched = 1) AS is_examined,
            played.is_played = 1 AS is_played
        FROM card
        LEFT JOIN seen ON (seen.user_id = card.user_id) AND (seen.slate_id = card.slate_id) AND (seen.item_id = card.item_id)
        LEFT JOIN watched ON (watched.user_id = card.user_id) AND (watched.slate_id = card.slate_id)
        LEFT JOIN played ON (played.user_id = card.user_id) AND (played.slate_id = card.slate_id) AND (played.item_id = card.item_id)
    )
SELECT
    user_id,
    toUnixTimestamp64Milli(any(at)) AS at_ms,
    count() AS delivered,
    countIf(is_examined) AS examined,
    countIf(is_played) AS clicks,
    countIf(is_examined AND is_played) AS examined_clicks
FROM met
GROUP BY
    user_id,
    slate_id
ORDER BY
    user_id ASC,
    at_ms ASC,
    slate_id ASC
