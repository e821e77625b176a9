-- Every item in its latest version as the list of its fields, and when its first version came in; by id.
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
    toUnixTimestamp64Milli(if(again.item_id = '', updated_at, again.added_at)) AS added_at,
    tuple(CAST(latest.item_id, 'String'), CAST(latest.title, 'String'), CAST(latest.artist, 'Nullable(String)'), CAST(latest.artist_id, 'Nullable(String)'), CAST(latest.album, 'Nullable(String)'), CAST(latest.album_id, 'Nullable(String)'), CAST(latest.tags, 'Array(String)'), CAST(latest.duration_ms, 'Nullable(UInt64)'), CAST(latest.released_on, 'Nullable(String)'), CAST(latest.explicit, 'Nullable(Bool)'), CAST(latest.audio_url, 'Nullable(String)'), CAST(latest.image_url, 'Nullable(String)'), CAST(latest.external_ids, 'Array(String)'), CAST(latest.available, 'Nullable(Bool)'), CAST(toUnixTimestamp64Milli(latest.updated_at), 'Int64'), CAST(latest.extra, 'String')) AS item
FROM latest
ANY LEFT JOIN again ON latest.item_id = again.item_id
ORDER BY latest.item_id ASC
