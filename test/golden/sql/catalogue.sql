-- Every item in its latest version, also the ones that are not available, by id.
-- One row is: item
WITH
    latest AS
    (
        SELECT
            item_id,
            argMax((type, title, artist, artist_id, album, album_id, tags, duration_ms, released_on, explicit, audio_url, image_url, external_ids, available, updated_at, extra), (updated_at, sequence)) AS version,
            min(item.updated_at) AS added_at
        FROM item
        GROUP BY item_id
    )
SELECT
    item_id,
    version.1 AS type,
    version.2 AS title,
    version.3 AS artist,
    version.4 AS artist_id,
    version.5 AS album,
    version.6 AS album_id,
    version.7 AS tags,
    version.8 AS duration_ms,
    version.9 AS released_on,
    version.10 AS explicit,
    version.11 AS audio_url,
    version.12 AS image_url,
    version.13 AS external_ids,
    version.14 AS available,
    version.15 AS updated_at,
    version.16 AS extra,
    added_at
FROM latest
ORDER BY item_id ASC
