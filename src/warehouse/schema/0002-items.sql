-- Versions of catalogue items; the latest by updated_at, then sequence, is the item. Small, so not partitioned.
-- Ordered by item, then version: the latest version is the last of its run.
CREATE TABLE IF NOT EXISTS item
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    item_id String COMMENT 'type:opaque',
    type LowCardinality(String) COMMENT 'track, artist, album, show, episode, segment or playlist',
    title String COMMENT 'Title as shown',
    artist Nullable(String) COMMENT 'Artist as shown; for an episode the show',
    artist_id Nullable(String) COMMENT 'Item of the artist or show',
    album Nullable(String) COMMENT 'Album as shown',
    album_id Nullable(String) COMMENT 'Item of the album',
    tags Array(LowCardinality(String)) COMMENT 'Genres, moods and the like',
    duration_ms Nullable(UInt64) COMMENT 'Length, milliseconds',
    released_on Nullable(String) COMMENT 'Day of release, YYYY-MM-DD; text, since days before 1900 exist',
    explicit Nullable(Bool) COMMENT 'Marked explicit',
    audio_url Nullable(String) COMMENT 'Where it can be heard',
    image_url Nullable(String) COMMENT 'Cover',
    external_ids Array(String) COMMENT 'Names of the same recording elsewhere: URIs, MBIDs',
    available Nullable(Bool) COMMENT 'False takes the item out of all answers',
    updated_at DateTime64(3, 'UTC') COMMENT 'When this version came in',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
ORDER BY (item_id, updated_at, sequence)
SETTINGS old_parts_lifetime = 5, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
