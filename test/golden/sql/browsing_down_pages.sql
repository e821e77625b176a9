-- How far listeners looked down the pages of slates: visits by device and by the deepest shelf (from 1) that was looked at, apart for those where it was the last one.
-- One row is: device × deepest × at_end
WITH
    shown AS
    (
        SELECT
            slate_id,
            device,
            placed
        FROM slate
        WHERE (surface = {surface:String}) AND (at >= {since:DateTime64(3, 'UTC')}) AND (at < {until:DateTime64(3, 'UTC')})
    ),
    card AS
    (
        SELECT
            slate_id,
            device,
            one.row AS row,
            one.slot AS slot,
            one.item_id AS item_id
        FROM shown
        ARRAY JOIN placed AS one
    ),
    looked AS
    (
        SELECT
            slate_id,
            item_id,
            min(device) AS device
        FROM impression
        WHERE (slate_id IN (
            SELECT slate_id
            FROM shown
        )) AND ((visible_ms IS NULL) OR ((visible_ms >= {examined_ms:UInt32}) AND (ifNull(max_visible_fraction, 1) >= {examined_fraction:Float64})))
        GROUP BY
            slate_id,
            item_id
    ),
    visit AS
    (
        SELECT
            coalesce(min(looked.device), min(card.device), 'unknown') AS device,
            maxIf(card.row + 1, looked.slate_id != '') AS deepest,
            CAST(deepest = max(card.row + 1), 'Bool') AS at_end
        FROM card
        LEFT JOIN looked ON (looked.slate_id = card.slate_id) AND (looked.item_id = card.item_id)
        GROUP BY card.slate_id
        HAVING deepest > 0
    )
SELECT
    device,
    deepest,
    at_end,
    count() AS visits
FROM visit
GROUP BY
    device,
    deepest,
    at_end
ORDER BY
    device ASC,
    deepest ASC,
    at_end ASC
