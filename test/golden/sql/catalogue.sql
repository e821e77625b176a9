-- Every item in its latest version, also the ones that are not available, by id.
-- One row is: item
WITH
    again AS
    (
        SELECT
            item_id,
            min(item.updated_at) AS added_at
        FROM item
        GROUP BY item_id
        HAVING count() > 1
    ),
    latest AS
    (
        SELECT *
        FROM item
        ORDER BY
            item_id DESC,
            updated_at DESC,
            sequence DESC
        LIMIT 1 BY item_id
    )
SELECT
    latest.item_id AS item_id,
    CAST(latest.type, 'String') AS type,
    title,
    artist,
    artist_id,
    album,
    album_id,
    CAST(latest.tags, 'Array(String)') AS tags,
    duration_ms,
    released_on,
    explicit,
    audio_url,
    image_url,
    external_ids,
    available,
    updated_at,
    extra,
    if(again.item_id = '', updated_at, again.added_at) AS added_at
FROM latest
ANY LEFT JOIN again ON latest.item_id = again.item_id
ORDER BY latest.item_id ASC
