-- What units and reports ask about an item, of every item in its latest version; the last id first.
-- One row is: item
SELECT
    item_id,
    artist_id,
    album_id,
    CAST(item.tags, 'Array(String)') AS tags,
    duration_ms,
    released_on
FROM item
ORDER BY
    item_id DESC,
    updated_at DESC,
    sequence DESC
LIMIT 1 BY item_id
