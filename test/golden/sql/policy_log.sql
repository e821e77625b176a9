-- What the policy chose, from what, and what was played and looked at of it: the newest slates of a surface in [since, until). items, plays and ms_played run in parallel, impressions (event ids) and seen (items) too. The device is that of the slate or, where it has none, of an event that names it.
-- One row is: slate
WITH
    shown AS
    (
        SELECT
            slate_id,
            user_id,
            at,
            received_at,
            device,
            context,
            cards,
            candidates
        FROM slate
        WHERE (surface = {surface:String}) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
        ORDER BY
            at DESC,
            slate_id DESC
        LIMIT {limit:UInt32}
    ),
    played AS
    (
        SELECT
            slate_id,
            item_id,
            count() AS plays,
            sum(ifNull(play.ms_played, 0)) AS ms_played,
            min(device) AS device
        FROM play
        WHERE slate_id IN (
            SELECT slate_id
            FROM shown
        )
        GROUP BY
            slate_id,
            item_id
    ),
    heard AS
    (
        SELECT
            assumeNotNull(slate_id) AS slate_id,
            groupArray(item_id) AS items,
            groupArray(plays) AS plays,
            groupArray(ms_played) AS ms_played,
            min(device) AS device
        FROM played
        GROUP BY slate_id
    ),
    looked AS
    (
        SELECT
            slate_id,
            groupArray(event_id) AS impressions,
            groupArray(item_id) AS seen,
            min(device) AS device
        FROM impression
        WHERE slate_id IN (
            SELECT slate_id
            FROM shown
        )
        GROUP BY slate_id
    )
SELECT
    shown.slate_id AS slate_id,
    shown.user_id AS user_id,
    shown.at AS at,
    shown.received_at AS received_at,
    coalesce(shown.device, heard.device, looked.device) AS device,
    shown.context AS context,
    shown.cards AS cards,
    shown.candidates AS candidates,
    heard.items AS items,
    heard.plays AS plays,
    heard.ms_played AS ms_played,
    looked.impressions AS impressions,
    looked.seen AS seen
FROM shown
LEFT JOIN heard ON heard.slate_id = shown.slate_id
LEFT JOIN looked ON looked.slate_id = shown.slate_id
ORDER BY
    at DESC,
    slate_id DESC
